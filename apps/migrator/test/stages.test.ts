import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { schemaEngineBinary } from '@trivia/schema-engine/env'
import { addMigration, compileDiskFaults, createLegacyDatabase, databaseHash, diskFaultEnvironment, fileHash, runMigrator, type ScratchFolder, scratchFolder, volatileColumns } from '@trivia/testkit'
import { expect, test } from 'vitest'
import type { DeployResult } from '../src/pipeline/result.ts'
import type { ReportDocument } from '../src/reports/document.ts'
import { value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

const POINTS = 'SELECT sum(total_points) FROM users'

/** Migrations that write to the same table and each declare it for themselves; they say what is right before and after each. */
function addThree(prisma: string, database: string, last = 'UPDATE users SET total_points = total_points + 100, best_streak = best_streak + 1;\n'): void {
  const [points, users] = [Number(value(database, POINTS)), Number(value(database, 'SELECT count(*) FROM users'))]
  const declaration = (column: string, before: number, after: number): object => ({ tables: { users: { changed: [column, 'total_points'], why: 'test' } }, queries: [{ name: column, sql: POINTS, before, after }] })
  addMigration(prisma, '20300101000000_one', 'UPDATE users SET total_points = total_points + 1;\n', declaration('total_points', points, points + users))
  addMigration(prisma, '20300102000000_two', "UPDATE users SET total_points = total_points + 10, preferred_difficulty = 'hard';\n", declaration('preferred_difficulty', points + users, points + 11 * users))
  addMigration(prisma, '20300103000000_three', last, declaration('best_streak', points + 11 * users, points + 111 * users))
}

/** Another engine than ours, as far as the migrator can tell: one that knows none of our variables. */
function otherEngine(folder: ScratchFolder): string {
  const path = folder.file('engine')
  writeFileSync(path, `#!/bin/sh\nunset SCHEMA_ENGINE_COPY_AFTER SCHEMA_ENGINE_ALREADY_APPLIED\nexec "${schemaEngineBinary}" "$@"\n`)
  chmodSync(path, 0o755)
  return path
}

async function deployIn(env: Readonly<Record<string, string>>, database: string, ...args: string[]): Promise<DeployResult> {
  return (await runMigrator(['deploy', '--json', '--database', database, ...args], { env })).json<DeployResult>()
}

/** The runs of Prisma that changed the candidate. */
function prismaRuns({ report }: DeployResult): string[] {
  const { waterfall } = JSON.parse(readFileSync(report ?? '', 'utf8')) as ReportDocument
  return waterfall.flatMap(({ step, spans }) => (step === 'migrate' ? (spans ?? []).map(({ name }) => name) : []))
}

/** What a deploy leaves of itself: its lock's file. */
function expectNoWork(database: string): void {
  expect(readdirSync(join(dirname(database), 'backups')).filter((name) => name.startsWith('.'))).toEqual([])
}

test('migrations that have to be told apart are one run of Prisma, and each is compared by itself; so with another engine, run by run', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  const other = base.copyTo(folder, 'other.db')
  addThree(prisma, database)
  const result = await deployIn({}, database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ outcome: 'deployed', error: null, preservation: { users: { lost: 0, added: 0 } } })
  expect(prismaRuns(result)).toEqual(['prisma migrate deploy'])
  expectNoWork(database)

  const byStages = await deployIn({ PRISMA_SCHEMA_ENGINE_BINARY: otherEngine(folder) }, other, '--prisma-dir', prisma)
  expect(byStages).toMatchObject({ outcome: 'deployed', error: null, preservation: result.preservation })
  expect(prismaRuns(byStages)).toEqual(Array.from({ length: 3 }, () => 'prisma migrate deploy'))
  expect(databaseHash(other, { ignore: volatileColumns })).toBe(databaseHash(database, { ignore: volatileColumns }))
})

test('what one migration declares does not cover what another does in the same run', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  addThree(prisma, database, 'UPDATE users SET total_points = total_points + 100, preferred_difficulty = NULL;\n')
  expect(await deployIn({}, database, '--prisma-dir', prisma)).toMatchObject({
    exitCode: 4,
    error: { code: 'ROWS_NOT_PRESERVED', why: expect.stringMatching(/preferred_difficulty changed in \d+ rows/) as string },
  })
})

test('one that fails after a copy is named with its statement and line', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  addThree(prisma, database, 'SELECT 1;\n\nINSERT INTO users (user_id)\nSELECT user_id FROM users;\n')
  const before = fileHash(database)
  expect(await deployIn({}, database, '--prisma-dir', prisma)).toMatchObject({
    exitCode: 4,
    error: { code: 'MIGRATION_FAILED', what: 'The migration 20300103000000_three failed in its statement 2, line 3.', why: expect.stringContaining('UNIQUE') as string },
  })
  expect(fileHash(database)).toBe(before)
  expectNoWork(database)
})

test('an adoption is one run of Prisma; with another engine one for each stage, and the ledgers are alike', async () => {
  using folder = scratchFolder()
  const own = createLegacyDatabase(folder.file('own.db')).path
  const other = createLegacyDatabase(folder.file('other.db')).path
  const result = await deployIn({}, own)
  const byStages = await deployIn({ PRISMA_SCHEMA_ENGINE_BINARY: otherEngine(folder) }, other)
  for (const each of [result, byStages]) expect(each).toMatchObject({ outcome: 'deployed', adopted: true, error: null })
  expect(byStages.preservation).toEqual(result.preservation)
  expect(prismaRuns(result)).toEqual(['prisma migrate deploy'])
  expect(prismaRuns(byStages)[0]).toBe('prisma migrate resolve')
  expect(prismaRuns(byStages).length).toBeGreaterThan(2)
  const ledger = 'SELECT group_concat(migration_name || checksum || applied_steps_count || typeof(finished_at) || quote(logs)) FROM (SELECT * FROM _prisma_migrations ORDER BY started_at, migration_name)'
  expect(value(own, ledger)).toBe(value(other, ledger))
})

test('a disk that is full when a copy is made: refused, and nothing is left', async ({ skip }) => {
  using folder = scratchFolder()
  const library = compileDiskFaults(folder.path)
  if (library.path === null) return skip(library.missing)
  const { database, prisma } = base.copyWithMigrations(folder)
  addThree(prisma, database)
  const before = fileHash(database)
  const env = diskFaultEnvironment(library.path, { paths: ['*.stage-1'], calls: ['create'], counter: folder.file('counter'), at: 1, lasting: 0, action: 'ENOSPC' })
  const result = await deployIn(env, database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ exitCode: 3, error: { code: 'DISK_FULL', why: expect.stringContaining('stage-1') as string } })
  expect(fileHash(database)).toBe(before)
  expect(existsSync(folder.file('counter'))).toBe(true)
  expectNoWork(database)
})
