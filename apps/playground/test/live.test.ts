import { createSandbox } from '@trivia/discord-sandbox'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const program = resolve(import.meta.dirname, '../src/server/main.ts')

test('with a token it deploys the operator’s database, and runs the bot on the Discord of that token', async () => {
  await using discord = await createSandbox()
  const folder = mkdtempSync(join(tmpdir(), 'live-'))
  const env = { ...process.env, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url, DATABASE_PATH: 'points.db', DATABASE_URL: '', INIT_CWD: folder }
  const child = spawn(process.execPath, [program, '--data-dir', join(folder, 'dev')], { stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()))
  try {
    await expect.poll(() => discord.application.commands.size, { timeout: 25_000 }).toBeGreaterThan(0)
    expect(output).toContain('this is the real Discord')
    expect(output).toMatch(/points\.db is at version \d+/)
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['points.db', 'backups']))
    expect(existsSync(join(folder, 'dev'))).toBe(false)
  } finally {
    const exit = once(child, 'exit')
    child.kill('SIGINT')
    expect(await exit).toEqual([0, null])
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
})

test('a deploy that is refused starts no bot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-'))
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DISCORD_TOKEN: 'nobody', DATABASE_PATH: folder, DATABASE_URL: '', INIT_CWD: folder } })
  const [code] = await once(child, 'exit') as [number]
  expect(code).toBe(3)
  rmSync(folder, { recursive: true })
})
