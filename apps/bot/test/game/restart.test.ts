import { createSandbox, type Sandbox, type SandboxUser } from '@trivia/discord-sandbox'
import { addMigration, copyPrismaDir, runMigrator, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { afterEach, expect, test } from 'vitest'
import { createAdoptedDatabase, createDatabase, questions } from '../bot-on-sandbox.ts'
import { type ChildBot, startChildBot } from '../child-bot.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

interface Scene {
  readonly folder: ScratchFolder
  readonly path: string
  readonly sandbox: Sandbox
  readonly start: () => ChildBot
  readonly value: (sql: string) => unknown
  readonly execute: (sql: string) => void
}

async function scene(create: (path: string, list: ReturnType<typeof questions>) => void | Promise<void> = createDatabase): Promise<Scene> {
  const folder = scratchFolder()
  const path = folder.file('trivia.db')
  await create(path, questions(60))
  const sandbox = await createSandbox()
  cleanUps.push(() => folder.remove(), () => sandbox.close())
  const withDatabase = <T>(work: (database: Sqlite.Database) => T): T => {
    const database = new Sqlite(path)
    try {
      return work(database)
    } finally {
      database.close()
    }
  }
  return {
    folder, path, sandbox,
    start: () => {
      const bot = startChildBot({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path })
      cleanUps.push(() => bot.end('SIGKILL'))
      return bot
    },
    value: (sql) => withDatabase((database) => database.prepare(sql).pluck().get()),
    execute: (sql) => void withDatabase((database) => database.exec(sql)),
  }
}

const startsWith = (text: string) => (label: string): boolean => label.startsWith(text)
const openQuestion = (user: SandboxUser) => user.messages().findLast(({ buttons, deleted }) => !deleted && buttons.some(startsWith('Right')) && !buttons.includes('Report question'))

test('killed in the middle of ten games and started again: all go on, and nothing acknowledged is lost', async () => {
  const { sandbox, start, value, execute } = await scene()
  execute(`INSERT INTO guilds (guild_id, time_limit) VALUES (${sandbox.guild.id}, 20)`)
  let bot = start()
  await bot.logged('commands are registered')
  const channels = [sandbox.channel, ...Array.from({ length: 9 }, (_, index) => sandbox.addChannel(sandbox.guild, `game-${index}`))]
  const hosts = channels.map((channel, index) => sandbox.user(`Host ${index}`).in(channel))
  for (const host of hosts) expect((await host.slash('/trivia play', { rounds: 3 })).error).toBeUndefined()

  // Everybody clicks, and the bot dies while they do.
  const clicks = hosts.map(async (host, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 12))
    const question = openQuestion(host)
    if (question === undefined) return false
    const answer = await host.click(question, question.buttons.find(startsWith('Right')) ?? '')
    return answer.error === undefined
  })
  setTimeout(() => void bot.process.kill('SIGKILL'), 60)
  await bot.exited
  const down = sandbox.clock.now()
  bot = start()
  await bot.logged('the bot is ready')
  // Interactions that the dead bot had not answered fail by Discord's own deadline.
  const acknowledged = (await Promise.all(clicks)).filter(Boolean).length
  expect(Number(value('SELECT count(*) FROM answers'))).toBeGreaterThanOrEqual(acknowledged)
  expect(Number(value('SELECT total(total_points) FROM users'))).toBe(Number(value('SELECT total(points) FROM answers')))
  const told = (host: SandboxUser): boolean => host.messages().some(({ content }) => content.includes('The game goes on'))
  await expect.poll(() => hosts.filter(told).length, { timeout: 10_000 }).toBe(10)
  expect(sandbox.clock.now() - down).toBeLessThan(20_000)

  // Each is played to its end.
  const finished = (host: SandboxUser): boolean => host.messages().some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true)
  const deadline = Date.now() + 60_000
  while (hosts.some((host) => !finished(host)) && Date.now() < deadline) {
    await Promise.all(hosts.map(async (host) => {
      const question = openQuestion(host)
      if (question !== undefined) await host.click(question, question.buttons.find(startsWith('Right')) ?? '')
    }))
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  expect(hosts.filter(finished)).toHaveLength(10)
  // What players see comes first, the row after it.
  await expect.poll(() => value('SELECT count(*) FROM running_games'), { timeout: 10_000 }).toBe(0)
  expect(value('SELECT count(*) FROM game_sessions WHERE is_completed = 0')).toBe(0)
  expect(value('SELECT count(*) FROM game_rounds')).toBe(30)
  expect(Number(value('SELECT total(total_points) FROM users'))).toBe(Number(value('SELECT (SELECT total(points) FROM answers) + (SELECT total(bonus) FROM user_achievements)')))
}, 120_000)

test('told to stop it tells running games, finishes, and ends with 0 within seconds; the game goes on afterwards', async () => {
  const { sandbox, start, value } = await scene()
  const bot = start()
  await bot.logged('commands are registered')
  const ada = sandbox.user('Ada')
  await ada.slash('/trivia play', { rounds: 2 })
  const began = Date.now()
  expect(await bot.end('SIGTERM')).toBe(0)
  expect(Date.now() - began).toBeLessThan(12_000)
  expect(ada.messages().map(({ content }) => content).join()).toContain('being updated')
  expect(value('SELECT count(*) FROM running_games')).toBe(1)
  const next = start()
  await next.logged('the bot is ready')
  const question = openQuestion(ada)
  if (question === undefined) throw new Error('no question')
  expect((await ada.click(question, question.buttons.find(startsWith('Right')) ?? '')).message?.content).toContain('+10')
  // A terminal's stroke reaches a program and whoever started it, who passes it on.
  next.process.kill('SIGINT')
  expect(await next.end('SIGINT')).toBe(0)
})

test('a game that nobody looked after for long ends with a message', async () => {
  const { sandbox, start, value, execute } = await scene()
  const bot = start()
  await bot.logged('commands are registered')
  const ada = sandbox.user('Ada')
  await ada.slash('/trivia play', { rounds: 5 })
  await bot.end('SIGKILL')
  execute("UPDATE running_games SET due_at = strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-1 hour'); INSERT INTO users (user_id) VALUES (5); INSERT INTO game_sessions (channel_id, user_id) VALUES (1, 5)")
  await start().logged('the bot is ready')
  await expect.poll(() => JSON.stringify(ada.messages().map(({ embeds }) => embeds)), { timeout: 10_000 }).toContain('away for too long')
  await expect.poll(() => value('SELECT count(*) FROM game_sessions WHERE is_completed = 0')).toBe(0)
})

test('a database outside of the served range is refused, and left when a deploy leaves it', async () => {
  const { start, execute } = await scene()
  execute('DELETE FROM schema_version; INSERT INTO schema_version (version) VALUES (9)')
  const old = start()
  expect(await old.exited).toBe(3)
  expect(old.stderr()).toMatch(/SCHEMA_TOO_OLD[\s\S]*pnpm --filter migrator deploy/)
  execute('INSERT INTO schema_version (version) VALUES (10)')
  const bot = start()
  await bot.logged('commands are registered')
  execute('INSERT INTO schema_version (version) VALUES (12)')
  expect(await bot.exited).toBe(3)
  expect(bot.stderr()).toMatch(/SCHEMA_TOO_NEW/)
  const newer = start()
  expect(await newer.exited).toBe(3)
})

test('a wrong token, no database, no Discord: said in one message with the next step, and the token is in no log', async () => {
  const { sandbox, path, folder } = await scene()
  const ends = async (env: Readonly<Record<string, string>>): Promise<{ code: number | null; text: string }> => {
    const bot = startChildBot({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path, LOG_LEVEL: 'trace', ...env })
    const code = await bot.exited
    return { code, text: `${bot.stderr()}\n${JSON.stringify(bot.log)}` }
  }
  const wrong = await ends({ DISCORD_TOKEN: 'not.the.token' })
  expect(wrong).toMatchObject({ code: 3, text: expect.stringContaining('TOKEN_REFUSED') as string })
  expect(wrong.text).not.toContain('not.the.token')
  expect(await ends({ DATABASE_PATH: folder.file('none.db') })).toMatchObject({ code: 3, text: expect.stringContaining('DATABASE_UNREADABLE') as string })
  expect(await ends({ DISCORD_TOKEN: '', METRICS_PORT: 'x' })).toMatchObject({ code: 2, text: expect.stringMatching(/DISCORD_TOKEN[\s\S]*METRICS_PORT/) as string })
  expect(await ends({ DISCORD_API_URL: 'http://127.0.0.1:9' })).toMatchObject({ code: 3, text: expect.stringContaining('DISCORD_UNREACHABLE') as string })
})

test('a deploy publishes while people play: everybody is answered, and every answer is there afterwards', async () => {
  const { sandbox, start, value, folder, path } = await scene(createAdoptedDatabase)
  const bot = start()
  await bot.logged('commands are registered')
  const host = sandbox.user('Host')
  await host.slash('/trivia play', { rounds: 20 })
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, '20300101000000_index', 'CREATE INDEX idx_answers_time ON answers (answered_at);')
  let players = 0
  let failures = 0
  let deploying = true
  const playing = (async () => {
    while (deploying) {
      const question = openQuestion(host)
      if (question === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      const answer = await sandbox.user(`Player ${players}`).click(question, question.buttons.find(startsWith('Wrong')) ?? '').catch(() => undefined)
      // The question was over just then; without a wait nothing else would get its turn.
      if (answer === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        continue
      }
      if (answer.error !== undefined) failures += 1
      // What waited for the deploy was put off, and is told afterwards.
      if (answer.kind === 'update') await sandbox.until(() => answer.followups.length > 0, 30_000)
      const said = (answer.kind === 'update' ? answer.followups[0] : answer.message)?.content ?? ''
      if (said.includes('Your answer is in')) players += 1
    }
  })()
  const deploy = await runMigrator(['deploy', '--database', path, '--prisma-dir', prisma, '--json'])
  deploying = false
  await playing
  expect(deploy.exitCode, deploy.stdout).toBe(0)
  expect(failures).toBe(0)
  expect(players).toBeGreaterThan(5)
  expect(value('SELECT count(*) FROM answers')).toBe(players)
  expect(bot.process.exitCode).toBeNull()
}, 120_000)
