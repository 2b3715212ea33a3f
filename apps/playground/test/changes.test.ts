import Sqlite from 'better-sqlite3'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DevStatus } from '../src/shared/status.ts'
import { prismaFolder, repository } from '../src/server/locations.ts'
import { type RunningPlayground, startPlayground } from './stage/playground.ts'

const PORT = 4960
const prisma = join(mkdtempSync(join(tmpdir(), 'playground-prisma-')), 'prisma')
let playground: RunningPlayground

beforeAll(async () => {
  cpSync(prismaFolder, prisma, { recursive: true })
  playground = await startPlayground(PORT, ['--prisma-dir', prisma])
})
afterAll(async () => {
  await playground.end()
  rmSync(dirname(prisma), { recursive: true })
})

async function status(): Promise<DevStatus> {
  return (await fetch(`${playground.address}/api/dev/status`)).json() as Promise<DevStatus>
}

async function post(path: string, body: object): Promise<void> {
  const response = await fetch(`${playground.address}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(response.ok, await response.text()).toBe(true)
}

function rows(sql: string): unknown[] {
  const connection = new Sqlite(playground.database, { readonly: true })
  try {
    return connection.prepare(sql).pluck().all()
  } finally {
    connection.close()
  }
}

const noticeOf = async (id: string): Promise<object | undefined> => (await status()).notices.find((notice) => notice.id === id)

test('a change of the bot starts it again, also twice in a row', async () => {
  const source = join(repository, 'apps/bot/src/runtime/schema-range.ts')
  for (const starts of [2, 3]) {
    utimesSync(source, new Date(), new Date())
    await expect.poll(async () => (await status()).bot, { timeout: 15_000 }).toMatchObject({ state: 'running', starts })
    expect((await status()).bot.reason).toBe('apps/bot/src/runtime/schema-range.ts changed')
  }
})

test('a change of the schema says what to do', async () => {
  appendFileSync(join(prisma, 'schema.prisma'), '\n// changed\n')
  await expect.poll(() => noticeOf('schema')).toMatchObject({ command: 'pnpm db:new NAME', deploys: false })
  await post('/dev/dismiss', { id: 'schema' })
  expect(await noticeOf('schema')).toBeUndefined()
})

test('a new migration is offered, and deployed from the page', async () => {
  const folder = join(prisma, 'migrations', '20990101000000_faster_answers')
  mkdirSync(folder)
  writeFileSync(join(folder, 'migration.sql'), 'CREATE INDEX idx_faster_answers ON answers (milliseconds);\n')
  await expect.poll(() => noticeOf('migrations')).toMatchObject({ deploys: true })
  await post('/dev/deploy', { kind: 'deploy' })
  await expect.poll(async () => (await status()).deploy?.report, { timeout: 25_000 }).toMatchObject({ outcome: 'deployed', applied: ['20990101000000_faster_answers'] })
  expect(await noticeOf('migrations')).toBeUndefined()
  expect(rows("SELECT name FROM sqlite_schema WHERE name = 'idx_faster_answers'")).toHaveLength(1)
  expect((await status()).bot.state).toBe('running')
})

test('whoever played is the same after the next start', async () => {
  const ask = { user: 'Ada', command: 'trivia daily' }
  await post('/control/slash', ask)
  await expect.poll(() => rows("SELECT user_id FROM users WHERE name = 'Ada'")).toHaveLength(1)
  const [before] = rows("SELECT user_id FROM users WHERE name = 'Ada'")
  await playground.end('SIGINT', 'keep')
  playground = await startPlayground(PORT, ['--no-watch', '--prisma-dir', prisma], dirname(playground.database))
  await post('/control/slash', ask)
  await expect.poll(() => rows("SELECT user_id FROM users WHERE name = 'Ada'")).toEqual([before])
})
