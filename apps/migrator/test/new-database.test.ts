import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { runPrisma } from '../src/prisma/cli.ts'
import { copyPrismaDir, databaseHash, newestVersion, repositoryRoot, runMigrator, scratchFolder } from '@trivia/testkit'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { column, deploy, value } from './deploying.ts'

test('a missing database is made with its folders, and the next deploy has nothing to do', async () => {
  using folder = scratchFolder()
  const database = folder.file('some', 'where', 'trivia.db')
  const first = await deploy(database)
  expect(first).toMatchObject({ outcome: 'deployed', exitCode: 0, database, version: { from: null, to: newestVersion() }, adopted: false, error: null })
  expect(first.applied).toHaveLength(newestVersion())
  expect(first.notes.join()).toContain('did not exist')
  expect(first.backups.pre).toBeNull()
  expect(existsSync(first.backups.post ?? '')).toBe(true)
  expect(column(database, 'SELECT version FROM schema_version ORDER BY version')).toEqual(Array.from({ length: newestVersion() }, (_, index) => index + 1))
  expect(value(database, 'PRAGMA journal_mode')).toBe('wal')

  const before = { files: readdirSync(folder.file('some', 'where')), backups: readdirSync(folder.file('some', 'where', 'backups')), mtime: statSync(database).mtimeMs }
  const second = await deploy(database)
  expect(second).toMatchObject({ outcome: 'up-to-date', exitCode: 0, version: { from: newestVersion(), to: newestVersion() }, applied: [], backups: { pre: null, post: null } })
  expect({ files: readdirSync(folder.file('some', 'where')), backups: readdirSync(folder.file('some', 'where', 'backups')), mtime: statSync(database).mtimeMs }).toEqual(before)
})

test('an empty file is a new database, on the same inode', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  writeFileSync(database, '')
  const inode = statSync(database).ino
  expect(await deploy(database)).toMatchObject({ outcome: 'deployed', version: { from: null, to: newestVersion() }, backups: { pre: null } })
  expect(statSync(database).ino).toBe(inode)
})

test('stock Prisma agrees with a deployed database', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  await deploy(database)
  const target = { database, prismaDir: join(repositoryRoot, 'prisma') }
  expect(await runPrisma(target, ['migrate', 'status'])).toMatchObject({ exitCode: 0, output: expect.stringContaining('up to date') as string })
  const diff = await runPrisma(target, ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'schema.prisma', '--exit-code'])
  expect(diff).toMatchObject({ exitCode: 0, output: expect.stringContaining('No difference') as string })
})

test('a copy of the prisma folder makes the same database', async () => {
  using folder = scratchFolder()
  const prisma = copyPrismaDir(folder.file('prisma'))
  await deploy(folder.file('a.db'))
  await deploy(folder.file('b.db'), '--prisma-dir', prisma)
  const ignore = { schema_version: ['applied_at'], _prisma_migrations: ['id', 'started_at', 'finished_at'] }
  expect(databaseHash(folder.file('a.db'), { ignore })).toBe(databaseHash(folder.file('b.db'), { ignore }))
})

test('a rehearsal changes nothing and leaves nothing but its report', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  const run = await runMigrator(['rehearse', '--database', database, '--json'])
  expect(run.exitCode).toBe(0)
  expect(run.json()).toMatchObject({ outcome: 'rehearsed', applied: { length: newestVersion() }, backups: { pre: null, post: null }, checklist: { schemaVersionUpdated: true, dataPreserved: true, backupAndRestoreWork: true, performanceNotDegraded: true } })
  expect(readdirSync(folder.path)).toEqual(['reports'])
})
