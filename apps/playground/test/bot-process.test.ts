import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BotProcess } from '../src/server/bot-process.ts'
import { startChild } from '../src/server/child.ts'
import { freePort } from '../src/server/ports.ts'
import { watchFolders } from '../src/server/source-watch.ts'
import type { BotStatus } from '../src/shared/status.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'playground-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(source: string): string {
  const path = join(folder, 'program.js')
  writeFileSync(path, source)
  return path
}

/** One that ended but that nobody has asked about is not alive. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

test('a bot that dies is started again, later each time, and its last words are told', async () => {
  const seen: BotStatus[] = []
  const bot = new BotProcess({ program: program("console.error('CONFIG_INVALID: A setting is wrong.'); process.exit(2)"), env: process.env, changed: (status) => seen.push(status), log: () => {} })
  bot.start()
  await expect.poll(() => seen.filter(({ state }) => state === 'waiting').length, { timeout: 8_000 }).toBe(2)
  expect(bot.status).toMatchObject({ starts: 2, reason: 'The bot ended (exit code 2): CONFIG_INVALID: A setting is wrong.' })
  await bot.stop()
})

test('a restart lets the old one end first', async () => {
  const marks = join(folder, 'marks')
  const source = `import { appendFileSync } from 'node:fs'; const mark = (text) => appendFileSync(${JSON.stringify(marks)}, text); mark('<'); process.on('SIGTERM', () => setTimeout(() => { mark('>'); process.exit(0) }, 100)); setInterval(() => {}, 1000)`
  const bot = new BotProcess({ program: program(source), env: process.env, changed: () => {}, log: () => {} })
  const read = (): string => (existsSync(marks) ? readFileSync(marks, 'utf8') : '')
  bot.start()
  await expect.poll(read, { timeout: 5_000 }).toBe('<')
  await Promise.all([bot.restart('a change'), bot.restart('another')])
  await expect.poll(read, { timeout: 5_000 }).toBe('<><')
  expect(bot.status).toMatchObject({ starts: 2, reason: 'a change', state: 'starting' })
  bot.isReady()
  expect(bot.status.state).toBe('running')
  expect(bot.status.readyAfterMs).toBeLessThan(2_000)
  await bot.stop()
  expect(read()).toBe('<><>')
})

test('a child that does not listen is ended, with what it started', async () => {
  const source = "import { spawn } from 'node:child_process'; process.on('SIGTERM', () => {}); const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(inner.pid); setInterval(() => {}, 1000)"
  const child = startChild(program(source), { args: [] })
  const pid = await new Promise<number>((resolve) => child.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString()))))
  expect(isAlive(pid)).toBe(true)
  await child.stop(300)
  await expect.poll(() => isAlive(pid) || isAlive(child.pid)).toBe(false)
})

test('changes that come together are one, of the files that count', async () => {
  mkdirSync(join(folder, 'src/deep'), { recursive: true })
  const seen: string[] = []
  const watching = watchFolders({ bot: [{ folder: join(folder, 'src') }], schema: [{ folder, only: /^schema\.prisma$/ }] }, (what, file) => seen.push(`${what} ${file.slice(folder.length)}`))
  writeFileSync(join(folder, 'src/deep/a.ts'), '1')
  writeFileSync(join(folder, 'src/deep/a.ts'), '2')
  writeFileSync(join(folder, 'src/deep/a.ts~'), '2')
  writeFileSync(join(folder, 'other.txt'), '2')
  await expect.poll(() => seen).toEqual(['bot /src/deep/a.ts'])
  writeFileSync(join(folder, 'schema.prisma'), 'x')
  await expect.poll(() => seen).toEqual(['bot /src/deep/a.ts', 'schema /schema.prisma'])
  watching.close()
})

test('a port that is taken is left to its owner', async () => {
  const port = await freePort(4980)
  const owner = createServer()
  await new Promise<void>((resolve) => void owner.listen(port, '127.0.0.1', resolve))
  expect(await freePort(port)).toBe(port + 1)
  owner.close()
})
