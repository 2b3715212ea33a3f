import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CREATE_USER, createProject } from './scratch-project.ts'

const project = createProject()
project.migration('20260101000000_init', CREATE_USER)
project.write('empty.prisma', 'datasource db {\n  provider = "sqlite"\n}\n')
afterAll(() => project[Symbol.dispose]())

const diff = (...args: string[]) => project.prisma(['migrate', 'diff', ...args])

test('between files no database is needed, and none is made', async () => {
  const script = await diff('--from-empty', '--to-schema', 'prisma/schema.prisma', '--script')
  expect(script.code).toBe(0)
  expect(script.stdout.trim()).toBe(CREATE_USER.trim())
  expect(existsSync(project.databasePath)).toBe(false)

  const missing = await diff('--from-config-datasource', '--to-schema', 'prisma/schema.prisma')
  expect(missing.code).toBe(1)
  expect(missing.text).toContain('P1003')
  expect(existsSync(project.databasePath)).toBe(false)
})

test('from migrations, through a shadow database', async () => {
  const same = await diff('--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma', '--exit-code')
  expect(same.code).toBe(0)
  expect(same.stdout).toContain('No difference detected.')

  const empty = await diff('--from-migrations', 'prisma/migrations', '--to-empty', '--script', '--exit-code')
  expect(empty.code).toBe(2)
  expect(empty.stdout).toContain('DROP TABLE "User"')

  const reverse = await diff('--from-schema', 'empty.prisma', '--to-migrations', 'prisma/migrations')
  expect(reverse.code).toBe(0)
  expect(reverse.stdout).toContain('[+] Added tables\n  - User')
})

test('from and to the database, and into a file', async () => {
  project.database((database) => database.exec('CREATE TABLE z (id INTEGER PRIMARY KEY)'))
  const from = await diff('--from-config-datasource', '--to-migrations', 'prisma/migrations', '--exit-code')
  expect(from.code).toBe(2)
  expect(from.stdout).toContain('- z')

  const to = await diff('--from-schema', 'prisma/schema.prisma', '--to-config-datasource', '--script', '--output', 'out.sql')
  expect(to.code).toBe(0)
  expect(readFileSync(join(project.folder, 'out.sql'), 'utf8')).toContain('CREATE TABLE "z"')
})

test('a database with partial and expression indexes can be described', async () => {
  project.database((database) => database.exec(`CREATE TABLE IF NOT EXISTS z (id INTEGER PRIMARY KEY);
    CREATE INDEX "it's partial" ON z (id) WHERE id > 1; CREATE INDEX expression ON z (id + 1)`))
  const from = await diff('--from-config-datasource', '--to-empty', '--script')
  expect(from.text).not.toContain('Error')
  expect(from.code).toBe(0)
})
