import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { prismaEnvironment, schemaEngineBinary } from '../src/prisma-env.ts'
import { CREATE_USER, createProject } from './scratch-project.ts'

/** Writes down every connection that a Node process tries to open, its children's included. */
const SPY = `const net = require('node:net'), fs = require('node:fs')
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  fs.appendFileSync(process.env.SPY_LOG, JSON.stringify(args[0]) + '\\n')
  return connect.apply(this, args)
}
const dns = require('node:dns'), lookup = dns.lookup
dns.lookup = function (...args) {
  fs.appendFileSync(process.env.SPY_LOG, String(args[0]) + '\\n')
  return lookup.apply(this, args)
}
`

test('the environment respects what is set', () => {
  const own = prismaEnvironment({ PATH: '/usr/bin' })
  expect(own['PRISMA_SCHEMA_ENGINE_BINARY']).toBe(schemaEngineBinary)
  expect(own['PATH']?.startsWith(dirname(process.execPath))).toBe(true)
  expect(prismaEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: '/other' })['PRISMA_SCHEMA_ENGINE_BINARY']).toBe('/other')
  expect(prismaEnvironment({ PRISMA_MIGRATION_ENGINE_BINARY: '/old' })['PRISMA_SCHEMA_ENGINE_BINARY']).toBeUndefined()
  expect(prismaEnvironment(own)).toEqual(own)
})

test('generate, validate, format and version', async () => {
  using project = createProject()
  expect(await project.prisma(['generate'])).toMatchObject({ code: 0 })
  expect(existsSync(join(project.folder, 'generated/client.ts'))).toBe(true)
  expect(await project.prisma(['validate'])).toMatchObject({ code: 0 })
  project.write('prisma/schema.prisma', 'datasource db {\nprovider="sqlite"\n}\nmodel A {\nid Int @id\n}\n')
  expect(await project.prisma(['format'])).toMatchObject({ code: 0 })
  expect(readFileSync(join(project.folder, 'prisma/schema.prisma'), 'utf8')).toContain('  provider = "sqlite"')
  const version = await project.prisma(['version'])
  expect(version.stdout).toMatch(/Schema Engine +: schema-engine-cli [\da-f]{40}/)
})

test("Prisma's variable selects another engine", async () => {
  using project = createProject()
  project.migration('20260101000000_init', CREATE_USER)
  project.write('other-engine', '#!/bin/sh\necho "{}" >&2\necho \'{"level":"ERROR","target":"schema_engine::logger","fields":{"error_code":"P1001","message":"the other engine"}}\' >&2\nexit 1\n')
  const other = join(project.folder, 'other-engine')
  chmodSync(other, 0o755)
  const outcome = await project.prisma(['migrate', 'status'], prismaEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: other, PATH: process.env['PATH'] }))
  expect(outcome.text).toContain('P1001: the other engine')
})

test('importing `register` in prisma.config.ts is enough, and nothing goes to the network', async () => {
  using project = createProject()
  const register = pathToFileURL(join(dirname(schemaEngineBinary), '../src/register.ts')).href
  project.write('prisma.config.ts', `import ${JSON.stringify(register)}\n${readFileSync(join(project.folder, 'prisma.config.ts'), 'utf8')}`)
  project.migration('20260101000000_init', CREATE_USER)
  project.write('spy.cjs', SPY)
  const log = join(project.folder, 'connections')
  const plain = {
    PRISMA_SCHEMA_ENGINE_BINARY: undefined,
    CHECKPOINT_DISABLE: undefined,
    PRISMA_HIDE_UPDATE_MESSAGE: undefined,
    NODE_OPTIONS: `--require ${join(project.folder, 'spy.cjs')}`,
    SPY_LOG: log,
  }
  for (const command of [['migrate', 'deploy'], ['migrate', 'status'], ['generate']]) {
    expect(await project.prisma(command, plain)).toMatchObject({ code: 0 })
  }
  expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('')

  // The spy does see what the CLI sends when nobody stops it.
  project.write('prisma.config.ts', "export default { schema: 'prisma/schema.prisma' }\n")
  await project.prisma(['validate'], { ...plain, PRISMA_SCHEMA_ENGINE_BINARY: schemaEngineBinary, PRISMA_TELEMETRY_ENDPOINT: 'http://127.0.0.1:9' })
  await expect.poll(() => existsSync(log), { timeout: 10_000 }).toBe(true)
})
