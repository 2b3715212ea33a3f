import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, fileHash, scratchFolder } from '@trivia/testkit'
import { describe, expect, test } from 'vitest'
import type { ReportDocument } from '../src/reports/document.ts'
import { column, deploy, value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

const NAME = '20300101000000_test'
const ADD_MOTTO = 'ALTER TABLE users ADD COLUMN motto TEXT;\n'

/** A migration with a data step beside its SQL. */
function addStep(prisma: string, name: string, sql: string, step: string, preserve?: object): void {
  writeFileSync(join(addMigration(prisma, name, sql, preserve), 'data.ts'), step)
}

const MOTTOS = `import type { DataStep } from '@trivia/database/data-step'

const step: DataStep = ({ batches, run }) => {
  batches({ from: 'users', key: 'user_id', columns: ['total_points'], size: 7 }, (users) => {
    for (const { user_id, total_points } of users) run('UPDATE users SET motto = ? WHERE user_id = ?', \`\${total_points} points\`, user_id ?? null)
  })
}
export default step
`

describe('a data step', () => {
  test('goes through every row in batches, and its report tells', async () => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    addStep(prisma, NAME, ADD_MOTTO, MOTTOS, { queries: [{ name: 'points', sql: 'SELECT sum(total_points) FROM users', same: true }], forecast: { users: 'SELECT count(*) FROM users', questions: Number(value(database, 'SELECT count(*) FROM questions')) } })
    const result = await deploy(database, '--prisma-dir', prisma)
    expect(result).toMatchObject({ outcome: 'deployed', error: null })
    expect(column(database, "SELECT 1 FROM users WHERE motto IS NOT total_points || ' points'")).toEqual([])
    expect(result.preservation['users']).toMatchObject({ lost: 0, added: 0, changed: 0 })
    const report = JSON.parse(readFileSync(result.report ?? '', 'utf8')) as ReportDocument
    expect(report.verifications).toMatchObject([{ name: 'points', when: 'after', ok: true }])
    expect(report.forecasts.map(({ table, ok }) => [table, ok])).toEqual([['users', true], ['questions', true]])
    expect(report.waterfall.find(({ step }) => step === 'migrate')?.spans?.map(({ name }) => name)).toContain('dataStep')
    expect(report.waterfall.every(({ startMs, ms }) => startMs + ms <= report.ms)).toBe(true)
    expect(readFileSync((result.report ?? '').replace(/json$/, 'html'), 'utf8')).toContain('<!doctype html>')
  })

  test('changes what preserve.json does not name: refused', async () => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    addStep(prisma, NAME, ADD_MOTTO, MOTTOS.replace('SET motto = ?', 'SET preferred_difficulty = ?'))
    const before = fileHash(database)
    const result = await deploy(database, '--prisma-dir', prisma)
    expect(result).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED', why: expect.stringMatching(/preferred_difficulty changed in \d+ rows/) as string } })
    expect(fileHash(database)).toBe(before)
    // The account of a deploy that was refused is in its report.
    const report = JSON.parse(readFileSync(result.report ?? '', 'utf8')) as ReportDocument
    expect(report.tables.find(({ table }) => table === 'users')?.changedColumns).toHaveProperty('preferred_difficulty')
  })

  test.each([
    { name: 'throws', step: "export default () => {\n  throw new Error('no such planet')\n}\n", line: 2, why: /no such planet/ },
    { name: 'breaks a rule of the schema', step: "export default ({ run }: any) => {\n\n  run('INSERT INTO users (user_id) SELECT user_id FROM users')\n}\n", line: 3, why: /UNIQUE/ },
    { name: 'has no function', step: 'export const step = 1\n', line: undefined, why: /default export/ },
  ])('that $name is named with its line, and nothing is changed', async ({ step, line, why }) => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    addStep(prisma, NAME, ADD_MOTTO, step)
    const before = fileHash(database)
    const { exitCode, error } = await deploy(database, '--prisma-dir', prisma)
    expect({ exitCode, code: error?.code }).toEqual({ exitCode: 4, code: 'DATA_STEP_FAILED' })
    expect(error?.why).toMatch(why)
    if (line !== undefined) expect(error?.next).toContain(`data.ts:${line}`)
    expect(fileHash(database)).toBe(before)
  })

  test('sees the schema as of its own migration, also in a new database', async () => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    const columns = "all(\"SELECT name FROM pragma_table_info('users')\").map(({ name }: any) => name)"
    addStep(prisma, '20300101000000_one', 'ALTER TABLE users ADD COLUMN one TEXT;', `export default ({ all }: any) => {\n  if (${columns}.includes('two')) throw new Error('too far')\n}\n`)
    addStep(prisma, '20300102000000_two', 'ALTER TABLE users ADD COLUMN two TEXT;', `export default ({ all, run }: any) => {\n  if (!${columns}.includes('two')) throw new Error('not yet')\n  run("INSERT INTO users (user_id, two) VALUES (1, 'here')")\n}\n`, { tables: { users: { added: 1, why: 'test' } } })
    expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ exitCode: 0 })
    expect(await deploy(folder.file('new.db'), '--prisma-dir', prisma)).toMatchObject({ exitCode: 0 })
    expect(value(folder.file('new.db'), 'SELECT two FROM users')).toBe('here')
  })
})

describe('what a migration expects', () => {
  test.each([
    { name: 'an answer before', preserve: { queries: [{ name: 'players', sql: 'SELECT count(*) FROM users', before: 1 }] }, code: 'QUERY_UNEXPECTED' },
    { name: 'an answer after', preserve: { queries: [{ name: 'mottos', sql: 'SELECT count(motto) FROM users', after: 5 }] }, code: 'QUERY_UNEXPECTED' },
    { name: 'the same answer, of a query that cannot be asked', preserve: { queries: [{ name: 'nothing', sql: 'SELECT nothing FROM users', same: true }] }, code: 'QUERY_UNEXPECTED' },
    { name: 'so many rows', preserve: { forecast: { users: 'SELECT count(*) + 1 FROM users' } }, code: 'FORECAST_WRONG' },
  ])('$name: refused when it is otherwise', async ({ preserve, code }) => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    addMigration(prisma, NAME, ADD_MOTTO, preserve)
    expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ exitCode: 4, error: { code } })
  })

  test('a common query that loses its index: refused, unless declared', async () => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    const dropped = ['idx_users_total_points', 'idx_users_points_streak'].map((name) => ({ type: 'index', name, why: 'test' }))
    const sql = 'DROP INDEX idx_users_total_points;\nDROP INDEX idx_users_points_streak;\n'
    addMigration(prisma, NAME, sql, { dropped })
    const refused = await deploy(database, '--prisma-dir', prisma)
    expect(refused).toMatchObject({ exitCode: 4, error: { code: 'QUERY_WORSE', why: expect.stringContaining('SCAN') as string } })
    const worse = refused.plans.filter((plan) => plan.worse).map((plan) => plan.name)
    expect(worse).toContain('leaderboard')
    addMigration(prisma, NAME, sql, { dropped, slower: worse.map((query) => ({ query, why: 'nobody asks any more' })) })
    const result = await deploy(database, '--prisma-dir', prisma)
    expect(result).toMatchObject({ exitCode: 0 })
    expect(result.notes.join()).toContain('nobody asks any more')
  })

  test('lint is part of a deploy', async () => {
    using folder = scratchFolder()
    const { database, prisma } = base.copyWithMigrations(folder)
    addMigration(prisma, NAME, 'UPDATE users SET timezone = timezone;\n')
    expect((await deploy(database, '--prisma-dir', prisma)).lint).toMatchObject([{ rule: 'undeclared-data-change', line: 1 }, { rule: 'update-or-delete-without-where', line: 1 }])
  })
})
