import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { parseFailedCopy } from '../src/failed-copy.ts'
import { alreadyApplied, copyAfter, disposableDatabase, prismaEnvironment, runsOurEngine, schemaEngineBinary } from '../src/prisma-env.ts'
import { CREATE_USER, createProject, type Outcome, type ScratchProject } from './scratch-project.ts'

const INIT = '20260101000000_init'
const SECOND = '20260102000000_second'
const THIRD = '20260103000000_third'

/** A project with three migrations. */
function threeMigrations(second = `INSERT INTO "User" VALUES (2, 'b');\n`): ScratchProject {
  const project = createProject()
  project.migration(INIT, `${CREATE_USER}INSERT INTO "User" VALUES (1, 'a');\n`)
  project.migration(SECOND, second)
  project.migration(THIRD, `ALTER TABLE "User" ADD COLUMN "third" TEXT;\nINSERT INTO "User" VALUES (3, 'c', 'x');\n`)
  return project
}

function copyOf({ folder }: ScratchProject, name: string): string {
  return join(folder, `after ${name}?.db`)
}

/** Deploys, with a copy after each of the first two migrations. */
function deploy(project: ScratchProject, extra: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const copies = { [INIT]: copyOf(project, INIT), [SECOND]: copyOf(project, SECOND) }
  return project.prisma(['migrate', 'deploy'], { [disposableDatabase]: '1', [copyAfter]: JSON.stringify(copies), ...extra })
}

/** All that a database holds: its structure, its users, and which migrations its ledger has as done. */
function contentOf(path: string): unknown {
  const database = new Database(path, { readonly: true })
  try {
    return {
      sound: database.pragma('integrity_check', { simple: true }),
      columns: database.prepare(`SELECT name FROM pragma_table_info('User')`).pluck().all(),
      users: database.prepare('SELECT name FROM "User" ORDER BY id').pluck().all(),
      ledger: database.prepare('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1').pluck().all(),
      rows: database.prepare('SELECT count(*) FROM _prisma_migrations').pluck().get(),
    }
  } finally {
    database.close()
  }
}

const AFTER_INIT = { sound: 'ok', columns: ['id', 'name'], users: ['a'], ledger: [INIT], rows: 1 }
const AFTER_SECOND = { sound: 'ok', columns: ['id', 'name'], users: ['a', 'b'], ledger: [INIT, SECOND], rows: 2 }
const AFTER_ALL = { sound: 'ok', columns: ['id', 'name', 'third'], users: ['a', 'b', 'c'], ledger: [INIT, SECOND, THIRD], rows: 3 }

test.each([
  ['in the usual journal mode', undefined],
  ['that a migration switches to write-ahead logging', `PRAGMA journal_mode = WAL;\nINSERT INTO "User" VALUES (2, 'b');\n`],
])('a deploy %s copies the database after the migrations that it is told', async (_, second) => {
  using project = threeMigrations(second)
  expect(await deploy(project)).toMatchObject({ code: 0 })
  expect(contentOf(copyOf(project, INIT))).toEqual(AFTER_INIT)
  expect(contentOf(copyOf(project, SECOND))).toEqual(AFTER_SECOND)
  expect(contentOf(project.databasePath)).toEqual(AFTER_ALL)
  expect(statSync(copyOf(project, INIT)).mode).toBe(statSync(project.databasePath).mode)
  expect(existsSync(`${copyOf(project, INIT)}-journal`)).toBe(false)
})

test('what a migration leaves switched for its connection ends at a copy, as it does at the end of a deploy', async () => {
  using project = threeMigrations('PRAGMA foreign_keys = OFF;\n')
  project.migration(THIRD, `CREATE TABLE "Child" ("user" INTEGER REFERENCES "User" ("id"));\nINSERT INTO "Child" VALUES (99);\n`)
  const outcome = await deploy(project)
  expect(outcome.text).toContain(`Migration name: ${THIRD}`)
  expect(outcome.text).toContain('FOREIGN KEY constraint failed\n[statement 2, line 2] ')
  expect(contentOf(copyOf(project, SECOND))).toMatchObject({ users: ['a'], ledger: [INIT, SECOND] })
})

test('a copy that cannot be made ends the deploy with the reason of the system', async () => {
  using project = threeMigrations()
  const outcome = await deploy(project, { [copyAfter]: JSON.stringify({ [SECOND]: join(project.folder, 'nowhere/copy.db') }) })
  expect(outcome.code).toBe(1)
  expect(parseFailedCopy(outcome.text)).toMatchObject({ code: 'ENOENT', message: expect.stringContaining('nowhere/copy.db') as string })
  expect(contentOf(project.databasePath)).toMatchObject({ users: ['a', 'b'], ledger: [INIT, SECOND] })
})

test('the ledger learns in the same run what the database has already', async () => {
  using project = threeMigrations()
  project.database((database) => database.exec(`${CREATE_USER}INSERT INTO "User" VALUES (1, 'a');`))
  expect(await deploy(project, { [alreadyApplied]: JSON.stringify([INIT]) })).toMatchObject({ code: 0 })
  // Nothing was applied for it, so there is nothing to copy after it.
  expect(existsSync(copyOf(project, INIT))).toBe(false)
  expect(contentOf(copyOf(project, SECOND))).toEqual(AFTER_SECOND)
  expect(contentOf(project.databasePath)).toEqual(AFTER_ALL)
  expect(await project.prisma(['migrate', 'status'])).toMatchObject({ code: 0 })

  using resolved = createProject()
  resolved.migration(INIT, `${CREATE_USER}INSERT INTO "User" VALUES (1, 'a');\n`)
  resolved.database((database) => database.exec(CREATE_USER))
  expect(await resolved.prisma(['migrate', 'resolve', '--applied', INIT])).toMatchObject({ code: 0 })
  const row = (of: ScratchProject): unknown =>
    of.database((database) => database.prepare('SELECT checksum, logs, rolled_back_at, applied_steps_count, started_at = finished_at AS at_once, typeof(started_at) AS type FROM _prisma_migrations ORDER BY migration_name').get())
  expect(row(project)).toEqual(row(resolved))
})

test('an environment tells whose engine runs in it', () => {
  expect(runsOurEngine({})).toBe(true)
  expect(runsOurEngine(prismaEnvironment({}))).toBe(true)
  expect(runsOurEngine({ PRISMA_SCHEMA_ENGINE_BINARY: '/other' })).toBe(false)
  expect(runsOurEngine({ PRISMA_MIGRATION_ENGINE_BINARY: '/old' })).toBe(false)
  expect(runsOurEngine({ PRISMA_SCHEMA_ENGINE_BINARY: schemaEngineBinary })).toBe(true)
})
