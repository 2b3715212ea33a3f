import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createSandbox } from '@trivia/discord-sandbox'
import { repositoryRoot, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { BotError } from '../../src/errors.ts'
import { createDatabase, questions } from '../bot-on-sandbox.ts'
import { startChildBot } from '../child-bot.ts'

test('health and metrics are served, with interactions by command and outcome', async () => {
  using folder = scratchFolder()
  createDatabase(folder.file('trivia.db'), questions(2))
  await using sandbox = await createSandbox()
  const bot = startChildBot({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: folder.file('trivia.db'), METRICS_PORT: '0', LOG_LEVEL: 'debug' })
  try {
    const { address } = (await bot.logged('/healthz and /metrics are there')) as unknown as { address: string }
    await bot.logged('commands are registered')
    const ada = sandbox.user('Ada')
    const { message } = await ada.slash('/trivia play', {})
    await ada.click(message!, message!.buttons[0]!)
    expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'ok' })
    await expect.poll(async () => (await fetch(`${address}/metrics`)).text()).toContain('trivia_interactions_total{handler="trivia play",outcome="done"} 1')
    const text = await (await fetch(`${address}/metrics`)).text()
    for (const name of ['trivia_interactions_total{handler="answer (button)",outcome="done"} 1', 'trivia_first_answer_seconds_bucket', 'trivia_games_running 1', 'trivia_database_seconds_count{operation="answer",ok="true"} 1', 'nodejs_eventloop_lag_seconds', 'process_resident_memory_bytes']) {
      expect(text).toContain(name)
    }
    expect((await fetch(`${address}/elsewhere`)).status).toBe(404)
    // Nobody can tell from the log or the metrics who has played.
    expect(`${JSON.stringify(bot.log)}${text}`).not.toContain(ada.id)
    expect(JSON.stringify(bot.log)).not.toContain(sandbox.token)
  } finally {
    await bot.end('SIGTERM')
  }
})

test('commands are registered when they have changed, and not again', async () => {
  await using sandbox = await createSandbox()
  const run = async (...args: string[]) => {
    const child = spawn(process.execPath, [join(repositoryRoot, 'apps/bot/bin/bot.js'), 'register', '--json', ...args], { env: { ...process.env, DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url } })
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await new Promise((resolve) => child.once('close', resolve))
    return JSON.parse(text) as object
  }
  expect(await run()).toEqual({ changed: true, commands: 2, guild: null })
  expect(await run()).toEqual({ changed: false, commands: 2, guild: null })
  expect(await run('--guild', sandbox.guild.id)).toEqual({ changed: true, commands: 2, guild: sandbox.guild.id })
  expect(sandbox.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2)
})

test('everything that is wrong with the settings is said at once, and the token is not', () => {
  const problems = (env: Record<string, string>): string => {
    try {
      readConfig(env, '/')
      return ''
    } catch (error) {
      if (!(error instanceof BotError)) throw error
      return error.describe()
    }
  }
  const text = problems({ DISCORD_TOKEN: 'secret token', METRICS_PORT: '99999', LOG_LEVEL: 'loud', SHARDS: 'x' })
  expect(text).toMatch(/4 settings are wrong/)
  for (const name of ['DISCORD_TOKEN', 'METRICS_PORT', 'LOG_LEVEL', 'SHARDS']) expect(text).toContain(name)
  expect(text).not.toContain('secret')
  expect(problems({ DISCORD_TOKEN: 'a', SHARDS: '0,1' })).toContain('SHARD_COUNT')
  expect(problems({ DISCORD_TOKEN: 'a', SHARDS: '0,5', SHARD_COUNT: '2' })).toContain('not below')
  expect(problems({ DISCORD_TOKEN: 'a', DATABASE_PATH: '/a.db', DATABASE_URL: 'file:/b.db' })).toContain('two different databases')
  expect(readConfig({ DISCORD_TOKEN: 'a', DISCORD_API_URL: 'http://127.0.0.1:4000/api/v10/', DATABASE_PATH: 'x.db' }, '/base')).toMatchObject({ apiUrl: 'http://127.0.0.1:4000/api', database: '/base/x.db' })
})
