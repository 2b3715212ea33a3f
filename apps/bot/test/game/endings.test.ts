import { startOpenTransaction } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { discordClock } from '../../src/clock.ts'
import { plain } from '../../src/discord/escape.ts'
import { openStore } from '../../src/store/index.ts'
import { createDatabase, questions, stage } from '../bot-on-sandbox.ts'
import { startChildBot } from '../child-bot.ts'
import { createSandbox } from '@trivia/discord-sandbox'
import { scratchFolder } from '@trivia/testkit'

const right = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Right')) ?? ''

test('a game that is stopped in the middle of a question tells its answer and the standings, and no click brings it back', async () => {
  await using play = await stage(questions(9))
  const { sandbox } = play
  const [ada, bob] = [sandbox.user('Ada'), sandbox.user('Bob')]
  const { message: first } = await ada.slash('/trivia play', { rounds: 5 })
  await bob.click(first!, right(first!.buttons))
  await sandbox.until(() => first!.buttons.includes('Stop the game'), 10_000)
  expect((await bob.click(first!, 'Stop the game')).message?.content).toContain('Only the player who started')
  await expect.poll(() => {
    sandbox.advance(1_000)
    return ada.messages().some(({ embeds }) => embeds[0]?.title?.includes('Question 2') === true)
  }, { timeout: 10_000, interval: 100 }).toBe(true)
  const second = ada.messages().find(({ embeds }) => embeds[0]?.title?.includes('Question 2') === true)
  const [stopped, clicked] = await Promise.all([ada.click(first!, 'Stop the game'), bob.click(second!, right(second!.buttons))])
  expect(stopped.message?.content).toContain('has stopped the game')
  expect(clicked.error).toBeUndefined()
  await sandbox.until(() => ada.messages().some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true), 10_000)
  expect(JSON.stringify(second?.embeds)).toContain('Right answer')
  await expect.poll(() => play.rows('SELECT count(*) AS rounds, (SELECT count(*) FROM running_games) AS running FROM game_rounds')).toEqual([{ rounds: 2, running: 0 }])
})

test('a host who deletes everything leaves no game behind: the channel is told', async () => {
  await using play = await stage(questions(9))
  const { sandbox } = play
  const [ada, bob] = [sandbox.user('Ada'), sandbox.user('Bob')]
  const { message } = await ada.slash('/trivia play', { rounds: 3 })
  await bob.click(message!, right(message!.buttons))
  const panel = await ada.slash('/trivia privacy', {})
  await ada.click(panel.message!, 'Delete everything')
  await ada.click(panel.message!, panel.message!.buttons.find((label) => label.startsWith('Yes')) ?? '')
  await sandbox.until(() => bob.messages().some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true), 10_000)
  expect(JSON.stringify(message?.embeds)).toContain('Right answer')
  expect(play.rows("SELECT count(*) AS left_over FROM users WHERE name = 'Ada'")).toEqual([{ left_over: 0 }])
  expect((await bob.slash('/trivia play', {})).message?.ephemeral).toBe(false)
})

test('a question that is deleted in the middle of its round: said, and the game goes on', async () => {
  await using play = await stage(questions(9))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', { rounds: 2 })
  const database = new Sqlite(play.path)
  database.pragma('foreign_keys = ON')
  database.exec('DELETE FROM questions WHERE id = (SELECT question_id FROM game_rounds)')
  database.close()
  expect((await ada.click(message!, message!.buttons[0]!)).message?.content).toContain('withdrawn')
  sandbox.advance(31_000)
  await sandbox.until(() => message!.content.includes('withdrawn') && message!.buttons.length === 0, 10_000)
})

test('what Discord refuses again and again ends the game', async () => {
  await using play = await stage(questions(3))
  const { sandbox } = play
  await sandbox.user('Ada').slash('/trivia play', { rounds: 3 })
  const store = openStore({ path: play.path, now: () => sandbox.clock.now() })
  const shards = { count: 1, ids: [0] }
  const [game] = play.rows<{ session_id: number }>('SELECT session_id FROM running_games')
  // As the attendant does: take what is due, fail, wait, take it again.
  for (let attempt = 0; attempt < 8; attempt += 1) {
    sandbox.advance(40_000)
    await store.call('advance', { shards, limit: 10, dueBy: sandbox.clock.now() })
    await store.call('postingFailed', { sessionId: game?.session_id ?? 0, hopeless: false })
  }
  expect(play.rows('SELECT * FROM running_games')).toEqual([])
  await store.close()
})

test('the next weekly question comes although the time of the last one has just run out', async () => {
  await using play = await stage(questions(20))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  await ada.slash('/trivia weekly')
  sandbox.advance(60_900)
  expect((await ada.slash('/trivia weekly')).message?.embeds[0]?.title).toContain('question 2 of 5')
})

test('started and stopped while another process holds the database', async () => {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  createDatabase(path, questions(3))
  await using sandbox = await createSandbox()
  const start = () => startChildBot({ DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.url, DATABASE_PATH: path })
  const first = await startOpenTransaction(path, 'immediate')
  const bot = start()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  await first.stop()
  await bot.logged('commands are registered')
  const { message } = await sandbox.user('Ada').slash('/trivia play', {})
  const second = await startOpenTransaction(path, 'immediate')
  // Prisma's driver would wait for the lock inside of SQLite, where nothing can stop it.
  const changed = sandbox.user('Bob').slash('/trivia settings', { difficulty: 'hard' })
  await new Promise((resolve) => setTimeout(resolve, 200))
  const clicked = sandbox.user('Ada').click(message!, right(message!.buttons))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  const began = Date.now()
  expect(await bot.end('SIGTERM')).toBe(0)
  expect(Date.now() - began).toBeLessThan(14_000)
  for (const { error } of await Promise.all([changed, clicked])) expect(error).toBeUndefined()
  const { followups } = await clicked
  expect(followups[0]?.content).toContain('busy')
  await second.stop()
})

test('text from outside keeps its characters and loses its meaning', () => {
  expect(plain('The capital of ____ is *x* [a](b) `c` ||d||')).toBe('The capital of \\_\\_\\_\\_ is \\*x\\* \\[a\\](b) \\`c\\` \\|\\|d\\|\\|')
  expect(plain('# a\n  > b\n- c\n-# d\n1996. e\n1.5')).toBe('\\# a\n  \\> b\n\\- c\n\\-# d\n1996\\. e\n1.5')
  expect(plain('<@1> @everyone a@b.c <t:1:R> 1 < 2')).toBe('<\u200B@1> @\u200Beveryone a@b.c <\u200Bt:1:R> 1 < 2')
})

test("the clock follows Discord's forward at once, and back only when several say so", () => {
  let machine = 1_000_000
  const clock = discordClock(() => machine)
  clock.sawDiscordAt?.(machine - 64_000)
  expect(clock.now()).toBe(machine)
  clock.sawDiscordAt?.(machine + 86_400_000)
  expect(clock.now()).toBe(machine + 86_400_000)
  machine += 1_000
  for (const late of [50, 20, 90]) clock.sawDiscordAt?.(machine - late)
  expect(clock.now()).toBe(machine - 20)
})
