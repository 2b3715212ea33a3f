import { cpSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, copyPrismaDir, createLegacyDatabase, fileHash, newestVersion, repositoryRoot, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renewDerivedFiles } from '../src/authoring/derived-files.ts'
import { generateSql } from '../src/authoring/generate.ts'
import { mendSql } from '../src/authoring/mend.ts'
import { lint } from '../src/lint/lint.ts'
import { readMigrations } from '../src/migrations/folder.ts'
import { runPrisma } from '../src/prisma/cli.ts'
import { withDatabase } from '../src/sqlite/connection.ts'
import { replay } from '../src/structure/reference.ts'
import { changeSchema } from './authoring.ts'
import { column, deploy, execute, value } from './deploying.ts'

const NAME = '20991231000000_example'
const EXAMPLES = join(repositoryRoot, 'docs', 'examples')

// A database of the newest version with rows; each test works on a copy of it.
let base: ScratchFolder
beforeAll(async () => {
  base = scratchFolder()
  const { path } = createLegacyDatabase(base.file('base.db'))
  const result = await deploy(path)
  if (result.error !== null) throw new Error(result.error.why)
  execute(path, 'UPDATE users SET best_streak = 12 WHERE user_id IN (SELECT user_id FROM users LIMIT 3); PRAGMA wal_checkpoint(TRUNCATE)')
})
afterAll(() => base.remove())

type File = 'README.md' | 'migration.sql' | 'unsafe.sql' | 'preserve.json' | 'schema.diff'

function read(example: string, file: File): string {
  return readFileSync(join(EXAMPLES, example, file), 'utf8')
}

/** A copy of the database, and one of the Prisma folder with the example's change of the schema. */
function prepare(folder: ScratchFolder, example: string, hasSchema: boolean): { database: string; prisma: string } {
  const database = folder.file('trivia.db')
  cpSync(base.file('base.db'), database)
  const prisma = copyPrismaDir(folder.file('prisma'))
  if (hasSchema) changeSchema(prisma, ...hunks(read(example, 'schema.diff')))
  return { database, prisma }
}

/** What a diff replaces with what: each hunk hangs at its lines of context. */
function hunks(diff: string): [from: string, to: string][] {
  return diff.trimEnd().split('\n@@\n').map((hunk) => {
    const lines = hunk.split('\n')
    const side = (own: string): string => lines.filter((line) => line.startsWith(' ') || line.startsWith(own)).map((line) => line.slice(1)).join('\n')
    return [side('-'), side('+')]
  })
}

/** Adds the example's migration, for the version that comes next today, and does what `pnpm db:structure` does. */
function add(prisma: string, example: string, file: 'migration.sql' | 'unsafe.sql'): void {
  const sql = read(example, file).replace(/VALUES \(\d+\);\n$/, `VALUES (${newestVersion() + 1});\n`)
  addMigration(prisma, NAME, sql, file === 'unsafe.sql' ? undefined : JSON.parse(read(example, 'preserve.json')) as object)
  renewDerivedFiles(prisma, readMigrations(prisma))
}

function lintOf(prisma: string): string[] {
  const all = readMigrations(prisma)
  return lint({ folder: all, chosen: all.slice(-1), ledger: null, connection: null }).map(({ severity, rule, line }) => `${severity} \`${rule}\`, line ${line}`)
}

/** What stands on the page as lint's findings. */
function findingsOnPage(example: string): string[] {
  return [...read(example, 'README.md').matchAll(/^- ((?:error|warning) `[\w-]+`, line \d+)$/gm)].map(([, text]) => text ?? '')
}

async function generated(folder: ScratchFolder, prisma: string): Promise<{ prisma: string; mended: string }> {
  const migrations = readMigrations(prisma)
  const workDir = mkdtempSync(folder.file('work-'))
  const { sql, present } = await generateSql({ prismaDir: prisma, migrations, workDir, signal: new AbortController().signal, runPrisma })
  return { prisma: sql, mended: mendSql(sql, replay(migrations).catalog, present).sql }
}

test.for([
  ['adding-a-column', true, 'MIGRATION_FAILED', /Cannot add a NOT NULL column/],
  ['creating-a-table', true, 'PRISMA_DIFFERS', /CREATE UNIQUE INDEX "question_notes_user_id_question_id_key"/],
  ['changing-rows', false, 'ROWS_NOT_PRESERVED', /total_points changed[\s\S]*migration\.sql:3: UPDATE users/],
] as const)('%s: what is written in a hurry is found by lint and refused by the deploy, as the page says', async ([example, hasSchema, code, says]) => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder, example, hasSchema)
  add(prisma, example, 'unsafe.sql')
  expect(findingsOnPage(example)).toEqual(lintOf(prisma))
  expect(findingsOnPage(example).length).toBeGreaterThan(0)
  const before = fileHash(database)
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ exitCode: 4, error: { code } })
  expect(JSON.stringify(result.error).replaceAll('\\"', '"')).toMatch(says)
  expect(read(example, 'README.md')).toContain(`ends with \`${code}\`, exit 4`)
  expect(fileHash(database)).toBe(before)
})

test('adding-a-column', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder, 'adding-a-column', true)
  expect(read('adding-a-column', 'README.md')).toContain(read('adding-a-column', 'schema.diff'))
  const written = await generated(folder, prisma)
  expect(written.prisma).toContain('DROP TABLE "users";')
  expect(read('adding-a-column', 'README.md')).toContain(`\`\`\`sql\n${written.mended}\n\`\`\``)
  add(prisma, 'adding-a-column', 'migration.sql')
  expect(lintOf(prisma)).toEqual([])
  const answered = column(database, 'SELECT questions_answered >= 100 FROM users ORDER BY user_id')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', preservation: { users: { before: answered.length, after: answered.length, lost: 0, added: 0, changed: 0 } } })
  expect(new Set(answered)).toEqual(new Set([0, 1]))
  expect(column(database, "SELECT level = 'regular' FROM users ORDER BY user_id")).toEqual(answered)
  expect(() => execute(database, "UPDATE users SET level = 'king'")).toThrow(/CHECK/)
})

test('creating-a-table', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder, 'creating-a-table', true)
  expect(read('creating-a-table', 'README.md')).toContain(`\`\`\`sql\n${(await generated(folder, prisma)).mended}\n\`\`\``)
  add(prisma, 'creating-a-table', 'migration.sql')
  expect(lintOf(prisma)).toEqual([])
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', version: { to: newestVersion() + 1 } })
  execute(database, "INSERT INTO question_notes (user_id, question_id, note) SELECT user_id, (SELECT min(id) FROM questions), 'look it up' FROM users")
  expect(value(database, 'SELECT created_at FROM question_notes')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  expect(() => execute(database, "UPDATE question_notes SET note = printf('%.501c', 'x')")).toThrow(/CHECK/)
  for (const key of ['user_id', 'question_id']) expect(planOf(database, `SELECT 1 FROM question_notes WHERE ${key} = 1`)).toMatch(/SEARCH .* INDEX/)
})

test('changing-rows', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder, 'changing-rows', false)
  expect((await generated(folder, prisma)).mended).toBe('')
  add(prisma, 'changing-rows', 'migration.sql')
  expect(lintOf(prisma)).toEqual([])
  const streaks = Number(value(database, 'SELECT count(*) FROM users WHERE best_streak >= 10'))
  const points = value(database, 'SELECT sum(total_points) FROM users')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', preservation: { users: { lost: 0, added: 0, changed: streaks } } })
  expect(streaks).toBeGreaterThan(2)
  expect(value(database, 'SELECT sum(total_points) FROM users')).toBe(Number(points) + 50 * streaks)
  // The rank counts went along.
  expect(value(database, "SELECT count(*) FROM rank_counts AS t WHERE board = 'all' AND width = 1 AND players <> (SELECT count(*) FROM users WHERE total_points = t.bucket)")).toBe(0)
})

test('every declaration is one, and names the schema that editors find it by', () => {
  for (const example of ['adding-a-column', 'creating-a-table', 'changing-rows']) {
    const { $schema } = JSON.parse(read(example, 'preserve.json')) as { $schema: string }
    expect(readFileSync(join(EXAMPLES, example, $schema), 'utf8')).toContain('json-schema.org')
  }
})

function planOf(database: string, sql: string): string {
  return withDatabase(database, { readonly: true }, (connection) => (connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail).join('\n'))
}
