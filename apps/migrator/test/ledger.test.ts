import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, copyPrismaDir, fileHash, newestVersion, runMigrator, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deploy, execute } from './deploying.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = scratchFolder()
  await deploy(base.file('base.db'))
})
afterAll(() => base.remove())

const NAME = '20300101000000_test'

async function deployed(folder: ScratchFolder): Promise<{ database: string; prisma: string; migration: string }> {
  const database = folder.file('trivia.db')
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  const prisma = copyPrismaDir(folder.file('prisma'))
  const migration = addMigration(prisma, NAME, 'ALTER TABLE users ADD COLUMN x TEXT; INSERT INTO schema_version (version) VALUES (1000);')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', version: { from: newestVersion(), to: 1000 } })
  return { database, prisma, migration }
}

test('a migration edited after it was applied is refused, one with other line ends is not', async () => {
  using folder = scratchFolder()
  const { database, prisma, migration } = await deployed(folder)
  const file = join(migration, 'migration.sql')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'))
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'up-to-date' })
  appendFileSync(file, '-- afterthought\n')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'MIGRATION_EDITED' } })
})

test('a migration missing after it was applied is refused', async () => {
  using folder = scratchFolder()
  const { database, prisma, migration } = await deployed(folder)
  execute(database, 'DELETE FROM schema_version WHERE version = 1000')
  rmSync(migration, { recursive: true })
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ exitCode: 3, error: { code: 'MIGRATION_MISSING' } })
})

test('a database newer than the code is refused', async () => {
  using folder = scratchFolder()
  const { database } = await deployed(folder)
  const before = fileHash(database)
  expect(await deploy(database)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'DATABASE_NEWER' } })
  expect(fileHash(database)).toBe(before)
  const status = await runMigrator(['status', '--database', database, '--json'])
  expect(status.json()).toMatchObject({ healthy: false, error: { code: 'DATABASE_NEWER' } })
})

test('a migration that a bare prisma migrate deploy left half done is refused with the way out', async () => {
  using folder = scratchFolder()
  const { database } = await deployed(folder)
  execute(database, `UPDATE _prisma_migrations SET finished_at = NULL, logs = 'boom' WHERE migration_name = '${NAME}'`)
  expect(await deploy(database)).toMatchObject({ exitCode: 3, error: { code: 'MIGRATION_UNFINISHED' } })
})

test.for([
  ['an index is gone', 'DROP INDEX idx_users_total_points', /index idx_users_total_points is missing/],
  ['a column has come', 'ALTER TABLE users ADD COLUMN secret TEXT', /column secret should not be there/],
  ['a table has come', 'CREATE TABLE notes (id INTEGER)', /table notes should not be there/],
  ['a trigger has come', 'CREATE TRIGGER t AFTER INSERT ON users BEGIN SELECT 1; END', /trigger t on users should not be there/],
  ['an index is another one', 'DROP INDEX idx_users_total_points; CREATE INDEX idx_users_total_points ON users (best_streak)', /index idx_users_total_points is different/],
] as const)('structure changed by other means is refused although nothing is pending: %s', async ([, sql, says]) => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  execute(database, sql)
  const result = await deploy(database)
  expect(result).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'STRUCTURE_DIFFERS' } })
  expect(result.error?.why).toMatch(says)
})

test('a difference that is listed in the accepted file is no difference, and stays through the next migration', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  execute(database, 'CREATE INDEX mine ON users (best_streak)')
  writeFileSync(`${database}.accepted.json`, JSON.stringify({ accepted: [{ kind: 'extra', type: 'index', name: 'mine', why: 'our own reports' }] }))
  expect(await deploy(database)).toMatchObject({ outcome: 'up-to-date' })
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, NAME, 'ALTER TABLE users ADD COLUMN x TEXT')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed' })
  execute(database, 'DROP INDEX mine; CREATE INDEX mine ON users (best_streak)')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'up-to-date' })
  writeFileSync(`${database}.accepted.json`, '{"accepted":[{}]}')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ exitCode: 3, error: { code: 'ACCEPTED_INVALID' } })
})
