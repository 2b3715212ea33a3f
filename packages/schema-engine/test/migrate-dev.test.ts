import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseFailedStatement } from '../src/failed-statement.ts'
import { CREATE_USER, createProject, SCHEMA } from './scratch-project.ts'

function migrationsOf(folder: string): string[] {
  return readdirSync(join(folder, 'prisma/migrations')).map((name) => name.replace(/^\d+_/, ''))
}

test('dev starts from nothing, drafts a migration and applies it', async () => {
  using project = createProject()
  const first = await project.prisma(['migrate', 'dev', '--name', 'init'])
  expect(first).toMatchObject({ code: 0 })
  expect(first.stdout).toContain('Your database is now in sync with your schema.')

  project.write('prisma/schema.prisma', SCHEMA.replace('name String', 'name String\n  nick String?'))
  const draft = await project.prisma(['migrate', 'dev', '--create-only', '--name', 'nick'])
  expect(draft).toMatchObject({ code: 0 })
  expect(migrationsOf(project.folder)).toEqual(['init', 'nick', 'migration_lock.toml'])
  expect((await project.prisma(['migrate', 'status'])).code).toBe(1)

  expect(await project.prisma(['migrate', 'dev'])).toMatchObject({ code: 0 })
  expect(project.database((database) => database.pragma('table_info("User")'))).toHaveLength(3)
})

test('dev on an empty database file that has no ledger', async () => {
  using project = createProject()
  project.write('data/deep/app.db', '')
  project.migration('20260101000000_init', CREATE_USER)
  const outcome = await project.prisma(['migrate', 'dev'])
  expect(outcome).toMatchObject({ code: 0 })
  expect(outcome.text).not.toContain('P1014')
})

test('dev names the statement that does not apply to the shadow database', async () => {
  using project = createProject()
  project.migration('20260101000000_init', `${CREATE_USER}\nDROP TABLE "Ghost";`)
  const outcome = await project.prisma(['migrate', 'dev'])
  expect(outcome.code).toBe(1)
  expect(outcome.text).toContain('P3006')
  expect(parseFailedStatement(outcome.text)).toEqual({ statement: 2, line: 7, sql: 'DROP TABLE "Ghost"' })
})

test('dev sees drift where tables are older than the migrations, and deletes nothing', async () => {
  using project = createProject()
  project.database((database) => database.exec(`${CREATE_USER} INSERT INTO "User" (name) VALUES ('Ada');`))
  const outcome = await project.prisma(['migrate', 'dev'])
  expect(outcome.text).toContain('Drift detected')
  expect(outcome.text).toContain('baseline')
  expect(project.database((database) => database.prepare('SELECT name FROM "User"').all())).toEqual([{ name: 'Ada' }])
})

test('reset empties everything, also tables with the names of keywords and databases in WAL mode', async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)
  project.database((database) => {
    database.pragma('journal_mode = WAL')
    database.exec(`CREATE TABLE "order" (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO "order" DEFAULT VALUES; CREATE VIEW v AS SELECT 1;`)
  })
  expect(await project.prisma(['migrate', 'reset', '--force'])).toMatchObject({ code: 0 })
  const names = project.database((database) => database.prepare("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1").pluck().all())
  expect(names).toEqual(['User', '_prisma_migrations'])
})

test('reset leaves external tables alone', async () => {
  using project = createProject({ configFields: `experimental: { externalTables: true }, tables: { external: ['outside'] },` })
  project.migration('20260101000000_init', CREATE_USER)
  await project.prisma(['migrate', 'deploy'])
  project.database((database) => database.exec('CREATE TABLE outside (id INTEGER); INSERT INTO outside VALUES (7); CREATE TABLE "order" (id INTEGER);'))
  expect(await project.prisma(['migrate', 'reset', '--force'])).toMatchObject({ code: 0 })
  expect(project.database((database) => database.prepare('SELECT * FROM outside').all())).toEqual([{ id: 7 }])
  expect(project.database((database) => database.prepare("SELECT name FROM sqlite_master WHERE name = 'order'").all())).toEqual([])
})
