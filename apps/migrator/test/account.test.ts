import { rmSync } from 'node:fs'
import { addMigration, copyPrismaDir, createLegacyDatabase, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { column, deploy, execute, value } from './deploying.ts'

// What a first version of the comparison let through, found by reading it as an adversary would.
let base: ScratchFolder
beforeAll(async () => {
  base = scratchFolder()
  await deploy(base.file('base.db'))
  execute(base.file('base.db'), "INSERT INTO users (user_id, preferred_difficulty) VALUES (1, 'easy'), (2, 'hard'); INSERT INTO weekly_rankings (user_id, week_start) VALUES (1, '2026-06-01'), (2, '2026-06-01')")
})
afterAll(() => base.remove())

function prepare(folder: ScratchFolder): { database: string; prisma: string } {
  const database = folder.file('trivia.db')
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  return { database, prisma: copyPrismaDir(folder.file('prisma')) }
}

test.for([
  ['rows of a table without a key', 'CREATE TABLE counts (word TEXT, n INT); INSERT INTO counts VALUES (\'abc\', 0), (\'def\', 5);', 'DELETE FROM counts WHERE n = 5;', /counts: 1 row lost/],
  ['the case of a key that does not tell cases apart', "CREATE TABLE tags (name TEXT COLLATE NOCASE PRIMARY KEY); INSERT INTO tags VALUES ('abc');", 'UPDATE tags SET name = upper(name);', /tags: the key was written in another way in 1 row/],
  ['the case of a value in a table without a key', "CREATE TABLE tags (name TEXT COLLATE NOCASE); INSERT INTO tags VALUES ('abc');", 'UPDATE tags SET name = upper(name);', /tags: 1 row lost/],
] as const)('%s', async ([, first, second, says]) => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder)
  addMigration(prisma, '20300101000000_first', first)
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed' })
  addMigration(prisma, '20300102000000_second', second)
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
  expect(result.error?.details?.join('\n')).toMatch(says)
})

test('one migration\'s declaration does not cover what another does', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder)
  const bad = addMigration(prisma, '20300101000000_undeclared', 'DELETE FROM weekly_rankings WHERE user_id = 1;')
  addMigration(prisma, '20300102000000_declared', 'DELETE FROM weekly_rankings WHERE user_id = 2;', { tables: { weekly_rankings: { lost: 'any', why: 'test' } } })
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
  expect(result.error?.details?.join('\n')).toMatch(/weekly_rankings: 1 row lost, declared 0[\s\S]*20300101000000_undeclared/)
  rmSync(bad, { recursive: true })
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', preservation: { weekly_rankings: { before: 2, after: 1, lost: 1 } } })
})

test('nor does the adoption cover what a migration does to an older database', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, '20300101000000_times', "UPDATE users SET last_played = '2020-01-01T00:00:00.000+00:00' WHERE user_id = (SELECT min(user_id) FROM users);")
  const result = await deploy(path, '--prisma-dir', prisma)
  expect(result).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
  expect(result.error?.why).toMatch(/last_played changed in 1 row/)
  expect(value(path, 'SELECT max(version) FROM schema_version')).toBe(1)
})

test('a table declared as dropped that is still there keeps its rows; a misspelt one is said', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder)
  const bad = addMigration(prisma, '20300101000000_a', 'DELETE FROM weekly_rankings;', { dropped: [{ type: 'table', name: 'weekly_rankings', why: 'test' }] })
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
  rmSync(bad, { recursive: true })
  addMigration(prisma, '20300101000000_b', 'UPDATE users SET timezone = NULL;', { tables: { user: { changed: ['timezone'], why: 'test' } } })
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result.error?.details?.join('\n')).toMatch(/names a table user, which there is not/)
})

test('a declared change that makes rows odd is told, and goes through', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder)
  addMigration(prisma, '20300101000000_a', "UPDATE users SET preferred_difficulty = 'expert', last_played = CURRENT_TIMESTAMP;", { tables: { users: { changed: ['preferred_difficulty', 'last_played'], why: 'test' } } })
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ outcome: 'deployed' })
  expect(result.notes.join('\n')).toMatch(/odd_difficulty/)
})

test('a question mark in the path opens no other file', async () => {
  using folder = scratchFolder()
  const { database, prisma } = prepare(folder)
  const odd = folder.file('q?m', 'trivia.db')
  const first = await deploy(odd)
  expect(first).toMatchObject({ outcome: 'deployed', database: odd })
  execute(odd, 'INSERT INTO users (user_id, total_points) VALUES (1, 5)')
  addMigration(prisma, '20300101000000_a', 'UPDATE users SET total_points = 7;', { tables: { users: { changed: ['total_points'], why: 'test' } } })
  expect(await deploy(odd, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed' })
  expect(column(odd, 'SELECT total_points FROM users')).toEqual([7])
  expect(column(database, 'SELECT total_points FROM users')).toEqual([0, 0])
})

test('rows of tables that no migration knows follow into quarantine, whatever their columns are called', async () => {
  using folder = scratchFolder()
  const { path, playerIds } = createLegacyDatabase(folder.file('trivia.db'), {
    afterwards: `CREATE TABLE reports (id INTEGER PRIMARY KEY, reason TEXT, who INTEGER REFERENCES users); CREATE INDEX reports_who ON reports (who);`,
  })
  execute(path, `UPDATE users SET total_points = -1 WHERE user_id = ${playerIds[0]}; INSERT INTO reports (reason, who) VALUES ('spam', ${playerIds[0]}), ('fine', ${playerIds[1]})`)
  const result = await deploy(path, '--quarantine')
  expect(result).toMatchObject({ outcome: 'deployed', preservation: { reports: { before: 2, after: 1, lost: 0, quarantined: 1 } } })
  expect(column(path, 'SELECT reason FROM quarantine_reports')).toEqual(['spam'])
  expect(column(path, 'SELECT rule FROM quarantine_reports WHERE quarantine_reason IS NOT NULL')).toEqual(['parent_in_quarantine'])
  expect(await deploy(path)).toMatchObject({ outcome: 'up-to-date' })
})
