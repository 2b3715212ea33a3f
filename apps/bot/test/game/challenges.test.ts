import { expect, test } from 'vitest'
import { questions, stage, type Stage } from '../bot-on-sandbox.ts'

type Answer = Awaited<ReturnType<ReturnType<Stage['sandbox']['user']>['slash']>>

const right = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Right')) ?? ''
const titleOf = ({ message }: Answer): string | undefined => message?.embeds[0]?.title ?? undefined

/** Moves the clock of Discord and the bot to a moment. */
function goTo({ sandbox }: Stage, moment: string): void {
  sandbox.advance(Date.parse(moment) - sandbox.clock.now())
}

test('the daily question: the same for everybody, once a day, double points, for its player only', async () => {
  await using play = await stage(questions(30), undefined, { startAt: Date.parse('2026-06-10T12:00:00Z') })
  const { sandbox } = play
  const [ada, bob] = [sandbox.user('Ada'), sandbox.user('Bob')]
  const adas = await ada.slash('/trivia daily')
  const bobs = await bob.slash('/trivia daily')
  expect([adas.message?.ephemeral, bobs.message?.ephemeral]).toEqual([true, true])
  expect(bobs.message?.embeds[0]?.description).toBe(adas.message?.embeds[0]?.description)
  // The command again shows the question that is still open.
  expect((await ada.slash('/trivia daily')).message?.embeds[0]?.description).toBe(adas.message?.embeds[0]?.description)
  const done = await ada.click(adas.message!, right(adas.message!.buttons))
  expect(JSON.stringify(done.message?.embeds)).toContain('+20 points')
  expect((await ada.slash('/trivia daily')).message?.content).toContain("already played today's question")
  goTo(play, '2026-06-10T23:59:58Z')
  expect((await ada.slash('/trivia daily')).message?.content).toContain("already played today's question")
  goTo(play, '2026-06-11T00:00:01Z')
  const next = await ada.slash('/trivia daily')
  expect(titleOf(next)).toContain('Question of the day')
  expect(next.message?.embeds[0]?.description).not.toBe(adas.message?.embeds[0]?.description)
  expect(play.rows('SELECT dailies FROM user_progress')).toEqual([{ dailies: 1 }])
  expect(play.rows("SELECT daily_challenge_completed AS day FROM users WHERE name = 'Ada'")).toEqual([{ day: '2026-06-10' }])
})

// Clocks go forward on 29 March 2026 at 02:00 and back on 25 October 2026 at 03:00 in Berlin.
test.for([
  ['in winter', '2026-01-15T22:59:59Z', '2026-01-15T23:00:00Z'],
  ['in summer', '2026-07-15T21:59:59Z', '2026-07-15T22:00:00Z'],
  ['before the short day', '2026-03-28T22:59:59Z', '2026-03-28T23:00:00Z'],
  ['after the short day', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z'],
  ['before the long day', '2026-10-24T21:59:59Z', '2026-10-24T22:00:00Z'],
  ['after the long day', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z'],
] as const)('the day of a player in Berlin ends at midnight there: %s', async ([, before, after]) => {
  await using play = await stage(questions(30), undefined, { startAt: Date.parse(before) - 3_600_000 })
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  await ada.slash('/trivia settings', { timezone: 'Europe/Berlin' })
  const first = await ada.slash('/trivia daily')
  await ada.click(first.message!, right(first.message!.buttons))
  goTo(play, before)
  expect((await ada.slash('/trivia daily')).message?.content).toContain('already played')
  goTo(play, after)
  expect(titleOf(await ada.slash('/trivia daily'))).toContain('Question of the day')
  await expect.poll(() => play.rows('SELECT count(DISTINCT challenge_date) AS days FROM game_sessions')).toEqual([{ days: 2 }])
})

test('moving to another time zone gives no day twice', async () => {
  await using play = await stage(questions(30), undefined, { startAt: Date.parse('2026-06-10T11:00:00Z') })
  const ada = play.sandbox.user('Ada')
  await ada.slash('/trivia settings', { timezone: 'Pacific/Kiritimati' })
  const first = await ada.slash('/trivia daily')
  await ada.click(first.message!, right(first.message!.buttons))
  await ada.slash('/trivia settings', { timezone: 'Pacific/Pago_Pago' })
  expect((await ada.slash('/trivia daily')).message?.content).toContain('already played')
})

test('a daily that ran out of time is used up, and the message says so', async () => {
  await using play = await stage(questions(30))
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  const first = await ada.slash('/trivia daily')
  sandbox.advance(46_000)
  await sandbox.until(() => JSON.stringify(first.message?.embeds).includes('Right answer'), 10_000)
  expect((await ada.slash('/trivia daily')).message?.content).toContain('already played')
  await expect.poll(() => play.rows('SELECT is_completed AS done FROM game_sessions')).toEqual([{ done: 1 }])
  expect(play.rows('SELECT dailies FROM user_progress')).toEqual([])
})

test('the weekly challenge: five questions with triple points, continued later, and from Monday the next', async () => {
  // A Friday.
  await using play = await stage(questions(30), undefined, { startAt: Date.parse('2026-06-12T12:00:00Z') })
  const { sandbox } = play
  const ada = sandbox.user('Ada')
  let answer = await ada.slash('/trivia weekly')
  expect(titleOf(answer)).toContain('question 1 of 5')
  await ada.click(answer.message!, right(answer.message!.buttons))
  const next = await ada.click(answer.message!, 'Next question')
  expect(next.kind).toBe('update')
  expect(answer.message?.embeds[0]?.title).toContain('question 2 of 5')
  await ada.click(answer.message!, right(answer.message!.buttons))
  // Later, from a new message, and after a restart.
  goTo(play, '2026-06-14T20:00:00Z')
  await play.restart()
  for (const number of [3, 4, 5]) {
    answer = await ada.slash('/trivia weekly')
    expect(titleOf(answer)).toContain(`question ${number} of 5`)
    await ada.click(answer.message!, right(answer.message!.buttons))
    await expect.poll(() => play.rows<{ open: number }>("SELECT count(*) AS open FROM running_games WHERE step = 'reveal'")).toEqual([{ open: 0 }])
  }
  expect((await ada.slash('/trivia weekly')).message?.content).toContain('finished the challenge')
  expect(play.rows('SELECT sum(points) AS points FROM answers')).toEqual([{ points: 150 }])
  expect(play.rows('SELECT weeklies FROM user_progress')).toEqual([{ weeklies: 1 }])
  goTo(play, '2026-06-14T23:59:58Z')
  expect((await ada.slash('/trivia weekly')).message?.content).toContain('finished the challenge')
  goTo(play, '2026-06-15T00:00:01Z')
  expect(titleOf(await ada.slash('/trivia weekly'))).toContain('question 1 of 5')
  // The board of this week begins anew.
  expect(play.rows('SELECT week_start AS week FROM weekly_rankings')).toEqual([{ week: '2026-06-08' }])
})

test('a week that was not finished ends on Monday', async () => {
  await using play = await stage(questions(30), undefined, { startAt: Date.parse('2026-06-12T12:00:00Z') })
  const ada = play.sandbox.user('Ada')
  const answer = await ada.slash('/trivia weekly')
  await ada.click(answer.message!, right(answer.message!.buttons))
  goTo(play, '2026-06-15T00:00:01Z')
  await expect.poll(() => play.rows('SELECT is_completed AS done FROM game_sessions'), { timeout: 10_000 }).toEqual([{ done: 1 }])
  expect(play.rows('SELECT * FROM running_games')).toEqual([])
})

test('on Monday the challenge is announced where the server wants it, once', async () => {
  await using play = await stage(questions(30), undefined, { startAt: Date.parse('2026-06-12T12:00:00Z') })
  const { sandbox } = play
  const boss = sandbox.user('Boss', { permissions: 0xffffffffn })
  await boss.slash('/admin weekly-post', { channel: sandbox.channel.id })
  const announcements = () => boss.messages().filter(({ embeds }) => embeds[0]?.title?.includes('Challenge of the week') === true)
  goTo(play, '2026-06-15T00:00:01Z')
  await sandbox.until(() => announcements().length > 0, 15_000)
  const start = await sandbox.user('Ada').click(announcements()[0]!, 'Start')
  expect(titleOf(start)).toContain('question 1 of 5')
  await play.restart()
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  expect(announcements()).toHaveLength(1)
})
