import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseArguments } from '../src/cli/arguments.ts'
import { databaseLocation } from '../src/database/location.ts'
import { schemaEngineBinary } from '../src/prisma-env.ts'
import { bareEnvironment, createProject, run, type Outcome } from './scratch-project.ts'

const project = createProject()
afterAll(() => project[Symbol.dispose]())

const URL = 'file:./data/deep/app.db'

function engine(args: readonly string[], input = '', extra: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return run(schemaEngineBinary, args, { cwd: project.folder, env: { ...bareEnvironment(project.folder), ...extra }, input })
}

async function call(method: string, params: unknown): Promise<{ outcome: Outcome; messages: Record<string, unknown>[] }> {
  const input = `${JSON.stringify({ id: 1, jsonrpc: '2.0', method, params })}\n`
  const outcome = await engine(['--datasource', JSON.stringify({ url: URL })], input)
  return { outcome, messages: outcome.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) }
}

test('database commands: exit codes and the log lines that the CLI reads', async () => {
  const command = (name: string, url = URL) => engine(['--datasource', JSON.stringify({ url }), 'cli', name])

  const missing = await command('can-connect-to-database')
  expect(missing.code).toBe(1)
  const lines = missing.stderr.trim().split('\n').map((line) => JSON.parse(line) as unknown)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code: 'P1003', message: 'Database `app.db` does not exist' } })

  expect((await command('create-database')).code).toBe(0)
  expect(existsSync(project.databasePath)).toBe(true)
  expect((await command('can-connect-to-database')).code).toBe(0)
  expect((await command('drop-database')).code).toBe(0)
  expect(existsSync(project.databasePath)).toBe(false)

  const postgres = await command('can-connect-to-database', 'postgresql://localhost/x')
  expect(postgres.code).toBe(1)
  expect(postgres.stderr).toContain('P1013')
})

test('a database command loads neither the WebAssembly module nor the driver', async () => {
  const outcome = await engine(['--datasource', JSON.stringify({ url: 'file::memory:' }), 'cli', 'can-connect-to-database'], '', { NODE_DEBUG: 'esm' })
  expect(outcome.code).toBe(0)
  expect(outcome.stderr).toContain('database-command.ts')
  expect(outcome.stderr).not.toMatch(/schema_engine_bg|better-sqlite3/)
})

test('errors of the protocol', async () => {
  expect((await call('noSuchMethod', {})).messages).toEqual([{ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'Method not found' } }])
  expect((await call('applyMigrations', {})).messages).toMatchObject([{ id: 1, error: { code: -32602 } }])
  expect((await call('introspectSql', { url: URL, queries: [] })).messages).toMatchObject([{ error: { code: 4466, data: { is_panic: false } } }])

  const panic = await call('debugPanic', undefined)
  expect(panic.outcome.code).toBe(101)
  expect(panic.outcome.stderr).toContain('"is_panic":true')
})

test('versions, help, and what is not understood', async () => {
  expect((await engine(['--version'])).stdout).toMatch(/^schema-engine-cli [\da-f]{40}\n$/)
  expect((await engine(['--help'])).code).toBe(0)
  expect((await engine(['--nonsense'])).code).toBe(1)
})

test('arguments', () => {
  expect(parseArguments(['--datamodels', 'a.prisma', '--datamodels=b.prisma', '--datasource', '{"url":"file:x"}', '--extension-types', '{}'])).toEqual({
    command: 'rpc',
    datamodels: ['a.prisma', 'b.prisma'],
    url: 'file:x',
  })
  expect(parseArguments(['--datasource={}', 'cli', 'create-database'])).toEqual({ command: 'create-database', datamodels: [], url: undefined })
  expect(() => parseArguments(['--datasource'])).toThrow('requires a value')
})

test('connection strings', () => {
  expect(databaseLocation('file:./a/b.db?connection_limit=1', '/base')).toEqual({ path: '/base/a/b.db', name: 'b.db' })
  expect(databaseLocation('file:///abs/b.db', '/base').path).toBe('/abs/b.db')
  expect(databaseLocation('file:/abs/with space%20.db', '/base').path).toBe('/abs/with space%20.db')
  expect(databaseLocation('file::memory:').path).toBe(':memory:')
  expect(() => databaseLocation('mysql://x')).toThrow('file:')
  expect(join(databaseLocation('file:b.db', '/base').path)).toBe('/base/b.db')
})
