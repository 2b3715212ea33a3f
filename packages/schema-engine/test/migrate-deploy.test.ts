import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseFailedStatement } from '../src/failed-statement.ts'
import { CREATE_USER, createProject } from './scratch-project.ts'

const BROKEN = `-- A comment; with a semicolon
CREATE TABLE "Extra" ("id" INTEGER PRIMARY KEY, "note" TEXT DEFAULT 'a;b');
/* and
   another; */ INSERT INTO "Extra" ("note") VALUES ('x');

ALTER TABLE "Nope"
  ADD COLUMN "x" TEXT; -- fails
`

interface LedgerRow {
  migration_name: string
  finished_at: string | null
  logs: string | null
}

test('deploy makes the missing database with its folders, then finds nothing left to do', async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)

  const status = await project.prisma(['migrate', 'status'])
  expect(status.code).toBe(1)
  expect(status.text).toContain('P1003: Database `app.db` does not exist')
  expect(existsSync(project.databasePath)).toBe(false)

  const first = await project.prisma(['migrate', 'deploy'])
  expect(first).toMatchObject({ code: 0 })
  expect(first.stdout).toContain('All migrations have been successfully applied.')
  expect(existsSync(`${project.databasePath}-journal`)).toBe(false)

  expect((await project.prisma(['migrate', 'deploy'])).stdout).toContain('No pending migrations to apply.')
  expect(await project.prisma(['migrate', 'status'])).toMatchObject({ code: 0 })
})

test('a failing migration names its statement, blocks later ones, and can be rolled back', async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)
  project.migration('20260102000000_broken', BROKEN)

  const failed = await project.prisma(['migrate', 'deploy'])
  expect(failed.code).toBe(1)
  expect(failed.text).toContain('P3018')
  expect(failed.text).toContain('Migration name: 20260102000000_broken')
  expect(failed.text).toContain('Database error code: 1\n')
  const expected = { statement: 3, line: 6, sql: 'ALTER TABLE "Nope" ADD COLUMN "x" TEXT' }
  expect(parseFailedStatement(failed.text)).toEqual(expected)

  const rows = project.database((database) => database.prepare<[], LedgerRow>('SELECT * FROM _prisma_migrations ORDER BY migration_name').all())
  expect(rows.map((row) => row.finished_at !== null)).toEqual([true, false])
  expect(parseFailedStatement(rows[1]?.logs ?? '')).toEqual(expected)

  const blocked = await project.prisma(['migrate', 'deploy'])
  expect(blocked.code).toBe(1)
  expect(blocked.text).toContain('P3009')
  expect((await project.prisma(['migrate', 'status'])).text).toContain('20260102000000_broken')

  expect(await project.prisma(['migrate', 'resolve', '--rolled-back', '20260102000000_broken'])).toMatchObject({ code: 0 })
  project.migration('20260102000000_broken', 'SELECT 1;')
  expect(await project.prisma(['migrate', 'deploy'])).toMatchObject({ code: 0 })
})

test("the code of a constraint is SQLite's own, also for a colourful terminal", async () => {
  using project = createProject()
  project.migration('20260101000000_init', `${CREATE_USER}INSERT INTO "User" VALUES (1, 'a');\nINSERT INTO "User" VALUES (1, 'b');`)
  const failed = await project.prisma(['migrate', 'deploy'], { NO_COLOR: undefined, FORCE_COLOR: '1' })
  expect(failed.text).toContain('\u001B[')
  expect(failed.text).toContain('Database error code: 1555')
  expect(parseFailedStatement(failed.text)).toEqual({ statement: 3, line: 7, sql: `INSERT INTO "User" VALUES (1, 'b')` })
})

test('a database without ledger: P3005, the right status, and a baseline by resolve --applied', async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)
  project.database((database) => database.exec(CREATE_USER))

  const refused = await project.prisma(['migrate', 'deploy'])
  expect(refused.code).toBe(1)
  expect(refused.text).toContain('P3005')
  expect((await project.prisma(['migrate', 'status'])).text).toContain('have not yet been applied')
  expect((await project.prisma(['migrate', 'resolve', '--applied', 'nope'])).text).toContain('P3017')

  expect(await project.prisma(['migrate', 'resolve', '--applied', '20260101000000_init'])).toMatchObject({ code: 0 })
  expect(await project.prisma(['migrate', 'status'])).toMatchObject({ code: 0 })
})

test('a text file is no database', async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)
  project.write('data/deep/app.db', 'Just a text file, and long enough to have its header read as a database.')
  for (const command of ['status', 'deploy']) {
    const outcome = await project.prisma(['migrate', command])
    expect(outcome.code).toBe(1)
    expect(outcome.text).toContain('file is not a database')
  }
})
