import { expect, test } from 'vitest'
import { questions, stage } from '../bot-on-sandbox.ts'

const right = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Right')) ?? ''
const wrong = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Wrong')) ?? ''

test('a race of two rounds: the first right answer wins, every first answer counts, the end is told', async () => {
  await using play = await stage(questions(5))
  const { sandbox } = play
  const [ada, bob, cleo] = ['Ada', 'Bob', 'Cleo'].map((name) => sandbox.user(name)) as [ReturnType<typeof sandbox.user>, ReturnType<typeof sandbox.user>, ReturnType<typeof sandbox.user>]
  const started = await ada.slash('/trivia play', { rounds: 2, type: 'multiple_choice' })
  const first = started.message
  if (first === undefined) throw new Error('no question')
  expect(first.ephemeral).toBe(false)
  expect(first.embeds[0]?.title).toContain('Question 1 of 2')
  expect(first.buttons).toHaveLength(4)
  expect(JSON.stringify(first.raw)).not.toContain('Because of')

  const bobs = await bob.click(first, wrong(first.buttons))
  expect(bobs.message).toMatchObject({ ephemeral: true, content: expect.stringContaining('Your answer is in') as string })
  const again = await bob.click(first, right(first.buttons))
  expect(again.message?.content).toContain('already answered')
  const adas = await ada.click(first, right(first.buttons))
  expect(adas.message?.content).toContain('+10')
  const cleos = await cleo.click(first, right(first.buttons))
  expect(cleos.message?.content).toContain('Your answer is in')

  await sandbox.until(() => first.buttons.includes('Report question'), 10_000)
  const shown = JSON.stringify(first.embeds)
  expect(shown).toMatch(/Ada wins the round/)
  expect(shown).toMatch(/Because of/)
  sandbox.advance(6_000)
  await sandbox.until(() => ada.messages().some(({ embeds }) => embeds[0]?.title?.includes('Question 2 of 2') === true), 10_000)
  const second = ada.messages().find(({ embeds }) => embeds[0]?.title?.includes('Question 2 of 2') === true)
  expect(second?.embeds[0]?.description).not.toBe(first.embeds[0]?.description)
  sandbox.advance(31_000)
  await sandbox.until(() => ada.messages().some(({ embeds }) => embeds[0]?.title?.includes('Final standings') === true), 10_000)
  const late = await cleo.click(first, 'Report question')
  expect(late.message?.ephemeral).toBe(true)

  expect(play.rows('SELECT name, total_points AS points, questions_answered AS answered, questions_correct AS correct FROM users ORDER BY name')).toEqual([
    { name: 'Ada', points: 10, answered: 1, correct: 1 },
    { name: 'Bob', points: 0, answered: 1, correct: 0 },
    { name: 'Cleo', points: 0, answered: 1, correct: 1 },
  ])
  await expect.poll(() => play.rows('SELECT count(*) AS open FROM game_sessions WHERE is_completed = 0')).toEqual([{ open: 0 }])
  expect(play.rows('SELECT * FROM running_games')).toEqual([])
  expect(play.rows('SELECT points FROM weekly_rankings UNION ALL SELECT points FROM monthly_rankings UNION ALL SELECT points FROM guild_rankings')).toEqual(Array(5).fill({ points: 10 }))
})

test('a game for one: each answer shows the result at once, and nobody else may answer', async () => {
  await using play = await stage([{ text: 'The sky is blue.', type: 'true_false', answer: 'true', difficulty: 'hard', explanation: 'Scattered light.' }])
  const { sandbox } = play
  const started = await sandbox.user('Ada').slash('/trivia play', { who: 'solo' })
  const { message } = started
  if (message === undefined) throw new Error('no question')
  expect(message.buttons).toEqual(['True', 'False'])
  expect((await sandbox.user('Bob').click(message, 'True')).message?.content).toContain('not yours')
  const answer = await sandbox.user('Ada').click(message, 'True')
  expect(answer.kind).toBe('update')
  expect(JSON.stringify(message.embeds)).toMatch(/\+30 points[\s\S]*Scattered light/)
  await expect.poll(() => play.rows('SELECT is_completed AS done FROM game_sessions')).toEqual([{ done: 1 }])
})

test('a blank is filled in a text box; spelling is forgiven, and what is typed stays between quotes of markup', async () => {
  await using play = await stage([{ text: 'The capital of *France* is ____. <@1>', type: 'fill_blank', answer: 'Paris', difficulty: 'medium' }])
  const { sandbox } = play
  const { message } = await sandbox.user('Ada').slash('/trivia play', {})
  if (message === undefined) throw new Error('no question')
  expect(message.embeds[0]?.description).toContain('\\*France\\*')
  const open = await sandbox.user('Ada').click(message, 'Answer')
  if (open.modal === undefined) throw new Error('no text box')
  const answer = await sandbox.user('Ada').submit(open.modal, { text: 'the PARIS!' })
  expect(answer.message?.content).toContain('+20')
  expect(message.pings).toEqual([])
})

test('thirty players and four clicks each at once: one winner, one answer each, points once', async () => {
  await using play = await stage(questions(1))
  const { sandbox } = play
  const players = Array.from({ length: 30 }, (_, index) => sandbox.user(`Player ${index}`))
  const { message } = await players[0]!.slash('/trivia play', {})
  if (message === undefined) throw new Error('no question')
  const labels = message.buttons
  const clicks = await Promise.all(players.flatMap((player, first) => labels.map((_, index) => player.click(message, labels[(first + index) % labels.length] ?? ''))))
  expect(clicks.filter(({ error }) => error !== undefined)).toEqual([])
  expect(play.rows('SELECT count(*) AS answers, count(DISTINCT user_id) AS players, sum(points) AS points FROM answers')).toEqual([{ answers: 30, players: 30, points: 10 }])
  expect(play.rows('SELECT sum(total_points) AS points, sum(questions_answered) AS answered FROM users')).toEqual([{ points: 10, answered: 30 }])
})

test('one game a channel; another channel has its own', async () => {
  await using play = await stage(questions(3))
  const { sandbox } = play
  const results = await Promise.all(['Ada', 'Bob', 'Cleo'].map((name) => sandbox.user(name).slash('/trivia play', {})))
  expect(results.filter(({ message }) => message?.ephemeral === false)).toHaveLength(1)
  expect(results.filter(({ message }) => message?.content.includes('already running') === true)).toHaveLength(2)
})

test('no question matches: it is said, and no game is left', async () => {
  await using play = await stage(questions(3))
  const { message } = await play.sandbox.user('Ada').slash('/trivia play', { difficulty: 'hard' })
  expect(message).toMatchObject({ ephemeral: true, content: expect.stringContaining('No question matches') as string })
  expect(play.rows('SELECT * FROM game_sessions')).toEqual([])
})
