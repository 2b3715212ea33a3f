import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { DataOverview, DevStatus } from '../src/shared/status.ts'
import { freePort } from '../src/server/ports.ts'
import { type RunningPlayground, startPlayground } from './stage/playground.ts'

/** The processes that work in a folder: their command line or environment names it. */
function processesOf(folder: string): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && mentions(pid, folder))
}

function mentions(pid: number, folder: string): boolean {
  try {
    readlinkSync(`/proc/${pid}/exe`)
    return ['cmdline', 'environ'].some((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(folder))
  } catch {
    return false
  }
}

const taken = createServer()
let playground: RunningPlayground
let folder = ''
let port = 0

beforeAll(async () => {
  port = await freePort(4940)
  await new Promise<void>((resolve) => void taken.listen(port, '127.0.0.1', resolve))
  playground = await startPlayground(port)
  folder = playground.database.replace(/\/[^/]+$/, '')
})
afterAll(async () => {
  taken.close()
  await playground.end()
})

function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>()
  request(`${playground.address}${path}`, { headers }, (response) => {
    response.resume()
    resolve(response.statusCode)
  }).end()
  return promise
}

async function socketStatus(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(playground.address.replace('http', 'ws'), 'vite-ping', { headers })
  const opened = once(socket, 'open').then(() => 'open')
  const refused = once(socket, 'unexpected-response').then(([, response]) => String((response as { statusCode: number }).statusCode))
  const outcome = await Promise.race([opened, refused])
  socket.on('error', () => {})
  socket.terminate()
  return outcome
}

describe('pnpm dev', () => {
  test('takes the next port, and says what it did', () => {
    expect(Number(new URL(playground.address).port)).toBeGreaterThan(port)
    expect(playground.output()).toMatch(/\d+ migrations in/)
    expect(playground.output()).toMatch(/starter pack: \d+ questions loaded/)
  })

  test('refuses foreign Hosts and Origins, for WebSockets too', async () => {
    for (const path of ['/', '/api/dev/status', '/api/control/state', '/api/events', '/attachments/1/2/a.png', '/src/page/main.tsx']) {
      expect(await statusOf(path, { host: 'evil.example' })).toBe(403)
      expect(await statusOf(path, { origin: 'http://evil.example' })).toBe(403)
    }
    expect(await statusOf('/api/control/state', { 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await statusOf('/api/control/state', {})).toBe(200)
    expect(await socketStatus({ origin: 'http://evil.example' })).toBe('403')
    expect(await socketStatus({ host: 'evil.example' })).toBe('403')
    expect(await socketStatus({ origin: playground.address })).toBe('open')
  })

  test('serves nothing of the repository but the page', async () => {
    for (const path of ['/@fs/etc/passwd', `/@fs${folder}/trivia.db`, '/src/server/main.ts', '/../../package.json']) {
      const response = await fetch(`${playground.address}${path}`)
      const text = await response.text()
      expect(response.status >= 400 || text.includes('<div id="app">')).toBe(true)
    }
  })

  test('answers in a policy that loads nothing from outside', async () => {
    const policy = (await fetch(playground.address)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/https?:\/\/(?!localhost|127)/)
  })

  test('says what was wrong with a request', async () => {
    const post = async (path: string, body: string): Promise<number> => (await fetch(`${playground.address}/api/dev${path}`, { method: 'POST', body })).status
    expect(await post('/deploy', '{"kind":"drop"}')).toBe(400)
    expect(await post('/players', 'nonsense')).toBe(400)
    expect(await post('/nothing', '{}')).toBe(404)
  })

  test('streams a deploy step by step, and takes the practice back', async () => {
    const stream = await fetch(`${playground.address}/api/events`)
    await fetch(`${playground.address}/api/dev/deploy`, { method: 'POST', body: '{"kind":"practice"}' })
    const seen = new Set<string>()
    let text = ''
    let isOver = false
    for await (const part of stream.body ?? []) {
      text += Buffer.from(part).toString()
      for (const [, data] of text.matchAll(/^event: dev\ndata: (.*)$/gm)) {
        const { deploy } = JSON.parse(data ?? '') as DevStatus
        for (const { name, state } of deploy?.steps ?? []) seen.add(`${name} ${state}`)
        // The first is the deploy of the start.
        isOver ||= deploy?.kind === 'practice' && deploy.endedAt !== null
      }
      text = text.slice(text.lastIndexOf('\n\n') + 2)
      if (isOver) break
    }
    for (const step of ['lock', 'snapshot', 'migrate', 'verify', 'publish', 'report']) expect(seen).toContain(`${step} done`)
    expect(seen).toContain('migrate running')
    const data = await (await fetch(`${playground.address}/api/dev/data`)).json() as DataOverview
    expect(data.migrations.pending).toBe(0)
    expect(data.tables.find(({ name }) => name === 'questions')?.rows).toBeGreaterThanOrEqual(300)
    const { deploy } = await (await fetch(`${playground.address}/api/dev/status`)).json() as DevStatus
    expect(deploy?.report).toMatchObject({ outcome: 'deployed', exitCode: 0 })
  })

  test('leaves nothing behind when Ctrl-C ends it', async () => {
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(3)
    await playground.end('SIGINT')
    await expect.poll(() => processesOf(folder), { timeout: 8_000 }).toEqual([])
  })

  test('leaves nothing behind when it is killed', async () => {
    const other = await startPlayground(port + 10)
    const its = other.database.replace(/\/[^/]+$/, '')
    expect(processesOf(its).length).toBeGreaterThanOrEqual(3)
    other.process.kill('SIGKILL')
    await expect.poll(() => processesOf(its), { timeout: 10_000 }).toEqual([])
    await other.end()
  })
})
