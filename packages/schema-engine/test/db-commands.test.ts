import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseFailedStatement } from '../src/failed-statement.ts'
import { CREATE_USER, createProject } from './scratch-project.ts'

test('db execute runs scripts, keeps what ran before an error, and names the statement', async () => {
  using project = createProject()
  project.write('data/deep/app.db', '')
  project.write('good.sql', `CREATE TABLE z (id INTEGER PRIMARY KEY);\nINSERT INTO z VALUES (1);\n-- the end\n`)
  expect(await project.prisma(['db', 'execute', '--file', 'good.sql'])).toMatchObject({ code: 0 })

  project.write('bad.sql', 'SELECT 1;\nINSERT INTO z VALUES (2);\n\nINSERT INTO z VALUES (1);')
  const failed = await project.prisma(['db', 'execute', '--file', 'bad.sql'])
  expect(failed.code).toBe(1)
  expect(failed.text).toContain('UNIQUE constraint failed: z.id')
  expect(parseFailedStatement(failed.text)).toEqual({ statement: 3, line: 4, sql: 'INSERT INTO z VALUES (1)' })
  expect(project.database((database) => database.prepare('SELECT id FROM z').pluck().all())).toEqual([1, 2])
})

test('db pull writes the schema; a missing database is P1003', async () => {
  using project = createProject()
  const missing = await project.prisma(['db', 'pull'])
  expect(missing.code).toBe(1)
  expect(missing.text).toContain('P1003')

  project.database((database) => database.exec(`${CREATE_USER} CREATE TABLE "pet" (id INTEGER PRIMARY KEY, "name" TEXT)`))
  expect(await project.prisma(['db', 'pull'])).toMatchObject({ code: 0 })
  expect(readFileSync(join(project.folder, 'prisma/schema.prisma'), 'utf8')).toContain('model pet {')
})

test('db push makes the database, and refuses to lose data', async () => {
  using project = createProject()
  expect(await project.prisma(['db', 'push'])).toMatchObject({ code: 0 })
  project.database((database) => database.exec('CREATE TABLE z (id INTEGER PRIMARY KEY); INSERT INTO z VALUES (1)'))
  const refused = await project.prisma(['db', 'push'])
  expect(refused.code).toBe(1)
  expect(refused.text).toContain('data loss')
  expect(await project.prisma(['db', 'push', '--accept-data-loss'])).toMatchObject({ code: 0 })
})
