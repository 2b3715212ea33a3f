import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addMigration, copyPrismaDir, createLegacyDatabase, newestVersion, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { derivedFiles } from '../src/authoring/derived-files.ts'
import { folderName, migrationSlug } from '../src/authoring/name.ts'
import { lint } from '../src/lint/lint.ts'
import { readMigrations } from '../src/migrations/folder.ts'
import { findLosses } from '../src/structure/losses.ts'
import { replay } from '../src/structure/reference.ts'
import { author, changeSchema, contentOf, migrationFile } from './authoring.ts'
import { deploy, execute, value } from './deploying.ts'

const NEXT = newestVersion() + 1

// A database of the newest version with its backup; nobody writes to it.
let base: ScratchFolder
beforeAll(async () => {
  base = scratchFolder()
  const { path } = createLegacyDatabase(base.file('trivia.db'))
  const result = await deploy(path)
  if (result.error !== null) throw new Error(result.error.why)
  execute(path, 'PRAGMA wal_checkpoint(TRUNCATE)')
})
afterAll(() => base.remove())

const USER_NAME = '  name                     String?\n'

test('columns come by ALTER TABLE, tables with defaults that are SQL, and all of it is tried on copies', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  changeSchema(prisma,
    [USER_NAME, `${USER_NAME}  nickName String @default("none")\n  pets Pet[]\n`],
    ['  preferredDifficulty      String?   @map("preferred_difficulty")\n', ''],
    ['model UserPreferences {', `model Pet {
  id     Int      @id @default(autoincrement())
  userId BigInt   @unique @map("user_id")
  at     DateTime @default(dbgenerated("strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"))

  user User @relation(fields: [userId], references: [userId], onDelete: Cascade, onUpdate: NoAction)

  @@map("pets")
}

model UserPreferences {`])
  const before = contentOf(prisma)
  const result = await author(prisma, 'Pets & nicknames', { database: base.file('trivia.db'), why: 'nobody asks for it' })
  expect(result).toMatchObject({ outcome: 'written', exitCode: 0, version: NEXT, error: null, toExplain: [] })
  expect(result.migration).toMatch(new RegExp(`^\\d{14}_version_${NEXT}_pets_nicknames$`))
  expect(readMigrations(prisma).at(-1)?.name).toBe(result.migration)

  const sql = migrationFile(prisma, result.migration, 'migration.sql')
  expect(sql).toContain('ALTER TABLE users ADD COLUMN "nickName" TEXT NOT NULL DEFAULT \'none\';')
  expect(sql).toContain('ALTER TABLE users DROP COLUMN preferred_difficulty;')
  expect(sql).toContain("DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'))")
  expect(sql).not.toMatch(/new_users|PRAGMA/)
  expect(sql.trimEnd().endsWith(`INSERT INTO schema_version (version) VALUES (${NEXT});`)).toBe(true)
  expect(JSON.parse(migrationFile(prisma, result.migration, 'preserve.json'))).toMatchObject({ tables: {}, dropped: [{ type: 'column', name: 'users.preferred_difficulty', why: 'nobody asks for it' }] })

  expect(result.rehearsals?.map(({ version, error }) => [version.from, version.to, error])).toEqual([[1, NEXT, null], [newestVersion(), NEXT, null]])
  expect(result.rehearsals?.every(({ rows }) => rows > 20)).toBe(true)
  expect(derivedFiles(prisma, readMigrations(prisma)).every((file) => file.isCurrent)).toBe(true)
  // Nothing else was touched: not the other migrations, not the database, and no copy stays.
  expect(contentOf(prisma)).toMatchObject(Object.fromEntries(Object.entries(before).filter(([path]) => !path.endsWith('structure.sql'))))
  expect(value(base.file('trivia.db'), 'SELECT max(version) FROM schema_version')).toBe(newestVersion())
  expect(readdirSync(base.file('backups')).filter((name) => name.startsWith('.'))).toEqual([])
})

test('a rebuild that has to be keeps what Prisma does not know, and the rows', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  changeSchema(prisma,
    ['  locale           String    @default("en")', '  locale           String    @default("de")'],
    ['  difficulty       String\n', '  difficulty       String    @default("easy")\n'],
    ['  theme                String?  @default("default")', '  theme                String   @default("default")'],
    ['  addedBy          BigInt?   @map("added_by")\n', '  addedBy          BigInt?   @map("added_by")\n  adder User? @relation("adder", fields: [addedBy], references: [userId], onDelete: SetNull, onUpdate: NoAction)\n'],
    ['  achievements    UserAchievement[]\n', '  achievements    UserAchievement[]\n  questions Question[] @relation("adder")\n'])
  const result = await author(prisma, 'german', { database: base.file('trivia.db'), why: 'null was never meant' })
  expect(result).toMatchObject({ exitCode: 0, error: null, rehearsals: { length: 2 } })
  const migrations = readMigrations(prisma)
  const [before, after] = [replay(migrations.slice(0, -1)).catalog, replay(migrations).catalog]
  expect(findLosses(before, after)).toEqual([])
  expect(after.tables.get('questions')?.parts.columns.get('created_at')).toBe(before.tables.get('questions')?.parts.columns.get('created_at'))
  expect(after.tables.get('questions')?.foreignKeys).toEqual(['added_by -> users (user_id) on delete set null on update no action'])
  expect(JSON.parse(migrationFile(prisma, result.migration, 'preserve.json'))).toMatchObject({ tables: { user_preferences: { changed: ['theme'] } } })
  // The highest number that was ever given stays given.
  expect(migrationFile(prisma, result.migration, 'migration.sql')).toContain("UPDATE sqlite_sequence SET name = 'new_questions' WHERE name = 'questions';")
})

test('what other tables\' triggers write to can be made anew, beside a table that goes away', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  changeSchema(prisma, ['  players Int\n', '  players Int @default(1)\n'], ['  draws ChannelDraw[]\n', ''])
  const file = join(prisma, 'schema.prisma')
  const schema = contentOf(prisma)[file] ?? ''
  writeFileSync(file, schema.replace(/model ChannelDraw \{[^}]*\}\n/, ''))
  const result = await author(prisma, 'counts', { database: folder.file('none.db'), why: 'test' })
  expect(result).toMatchObject({ exitCode: 0, error: null, rehearsals: [{ error: null }] })
  const sql = migrationFile(prisma, result.migration, 'migration.sql')
  expect(sql).toMatch(/PRAGMA foreign_keys=off;\nDROP TABLE "channel_draws";\nPRAGMA foreign_keys=on;/)
  expect(sql).toMatch(/DROP TRIGGER users_count_in;[\s\S]*ALTER TABLE new_rank_counts RENAME TO rank_counts;[\s\S]*CREATE TRIGGER users_count_in /)
})

test('what goes away needs a reason before anything else comes after it', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  changeSchema(prisma, ['  @@index([lastPlayed], map: "idx_users_last_played")\n', ''])
  const database = folder.file('none.db')
  const result = await author(prisma, 'fewer_indexes', { database })
  expect(result).toMatchObject({ outcome: 'refused', exitCode: 3, toExplain: ['index idx_users_last_played goes away'], rehearsals: [], error: { code: 'LINT_ERRORS' } })
  expect(result.findings?.map((finding) => finding.rule)).toContain('invalid-preserve-json')

  const second = await author(prisma, 'more', { database, empty: true })
  expect(second).toMatchObject({ exitCode: 3, error: { code: 'MIGRATIONS_NOT_CLEAN' } })

  const preserve = join(prisma, 'migrations', result.migration ?? '', 'preserve.json')
  writeFileSync(preserve, migrationFile(prisma, result.migration, 'preserve.json').replace('"why": ""', '"why": "nothing asks for it"'))
  const all = readMigrations(prisma)
  expect(lint({ folder: all, chosen: all.slice(-1), ledger: null, connection: null })).toEqual([])
})

test('data that the newest backup has is asked, and a rehearsal has the last word', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  changeSchema(prisma, ['  @@map("users")', '  @@unique([totalPoints])\n  @@map("users")'])
  const asked = await author(prisma, 'unique_points', { database: base.file('trivia.db') })
  expect(asked).toMatchObject({ exitCode: 3, error: { code: 'LINT_ERRORS' }, rehearsals: [] })
  expect(asked.findings).toMatchObject([{ rule: 'unique-over-duplicates', severity: 'error' }])

  using other = scratchFolder()
  const again = copyPrismaDir(other.file('prisma'))
  changeSchema(again, ['  @@map("users")', '  @@unique([totalPoints])\n  @@map("users")'])
  const tried = await author(again, 'unique_points', { database: other.file('none.db') })
  expect(tried).toMatchObject({ outcome: 'failed', exitCode: 4, error: { code: 'REHEARSAL_FAILED' }, rehearsals: [{ error: { code: 'MIGRATION_FAILED' } }] })
  // The files stay, to be mended.
  expect(existsSync(join(again, 'migrations', tried.migration ?? ''))).toBe(true)
})

test('nothing is left behind where nothing could be made', async () => {
  using folder = scratchFolder()
  const workFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('migrator-new-'))
  const earlier = workFolders()
  const prisma = copyPrismaDir(folder.file('prisma'))
  const database = folder.file('none.db')
  const before = contentOf(prisma)
  expect(await author(prisma, 'nothing', { database })).toMatchObject({ exitCode: 3, error: { code: 'SCHEMA_UNCHANGED' } })
  expect(await author(prisma, '  …  ', { database })).toMatchObject({ exitCode: 2, error: { code: 'MIGRATION_NAME' } })
  expect(contentOf(prisma)).toEqual(before)

  changeSchema(prisma, [USER_NAME, `${USER_NAME}  wrong Strang\n`])
  const invalid = await author(prisma, 'wrong', { database })
  expect(invalid).toMatchObject({ exitCode: 3, error: { code: 'GENERATION_FAILED' } })
  expect(invalid.error?.details?.join('\n')).toContain('Strang')
  expect(workFolders()).toEqual(earlier)
  changeSchema(prisma, ['  wrong Strang\n', ''])
  expect(contentOf(prisma)).toEqual(before)

  addMigration(prisma, '20300101000000_broken', 'INSERT INTO nobody VALUES (1);')
  expect(await author(prisma, 'after', { database, empty: true })).toMatchObject({ exitCode: 3, error: { code: 'MIGRATIONS_NOT_CLEAN', why: expect.stringContaining('nobody') as string } })
})

test('a migration of rows alone begins empty', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  const result = await author(prisma, 'bonus', { database: folder.file('none.db'), empty: true })
  expect(result).toMatchObject({ exitCode: 0, version: NEXT, isEmpty: true, rehearsals: [{ version: { from: 1, to: NEXT } }] })
  expect(migrationFile(prisma, result.migration, 'migration.sql')).toBe(`-- Version ${NEXT}: bonus.

-- What changes rows goes here, with a WHERE; preserve.json says what it may change, lose or add.

INSERT INTO schema_version (version) VALUES (${NEXT});
`)
})

test('names', () => {
  using folder = scratchFolder()
  addMigration(folder.path, '20991231235959_version_4_more_points', 'SELECT 1')
  const migrations = readMigrations(folder.path)
  expect(['Add player mottos', 'addPlayerMottos', ' Ünï-cödé 2! '].map((name) => migrationSlug(name, migrations))).toEqual(['add_player_mottos', 'add_player_mottos', 'uni_code_2'])
  expect(() => migrationSlug('more points', migrations)).toThrow(/MIGRATION_NAME/)
  const now = new Date('2026-03-04T05:06:07.890Z')
  expect(folderName('a', 5, now, [])).toBe('20260304050607_version_5_a')
  expect(folderName('a', 5, now, migrations)).toBe('21000101000000_version_5_a')
})
