import { expect, test } from 'vitest'
import { questions, stage } from '../bot-on-sandbox.ts'

const MANAGER = { permissions: 0xffffffffn }
const right = (labels: readonly string[]): string => labels.find((label) => label.startsWith('Right')) ?? ''

test('settings: points and time limit count from the next question; channels keep games where they belong', async () => {
  await using play = await stage(questions(5))
  const { sandbox } = play
  const boss = sandbox.user('Boss', MANAGER)
  const other = sandbox.addChannel(sandbox.guild, 'games')
  await boss.slash('/admin config', { 'points-easy': 50, 'time-limit': 60, 'allow-channel': other.id })
  expect((await boss.slash('/trivia play', {})).message?.content).toContain(`<#${other.id}>`)
  const { message } = await boss.in(other).slash('/trivia play', { who: 'solo' })
  expect(message?.embeds[0]?.author?.name).toContain('50 points')
  await boss.in(other).click(message!, right(message!.buttons))
  expect(play.rows('SELECT total_points AS points FROM users')).toEqual([{ points: 50 }])
  expect((await sandbox.user('Ada').slash('/admin config', {}, { evenIfHidden: true })).message?.content).toContain('Manage Server')
})

test('a reset takes back what was earned in this server, and nothing else', async () => {
  await using play = await stage(questions(9))
  const { sandbox } = play
  const boss = sandbox.user('Boss', MANAGER)
  const elsewhere = sandbox.addGuild('Elsewhere')
  const ada = sandbox.user('Ada')
  for (const where of [sandbox.channel, elsewhere.channel]) {
    const { message } = await ada.in(where).slash('/trivia play', { who: 'solo' })
    await ada.in(where).click(message!, right(message!.buttons))
  }
  const asked = await boss.slash('/admin reset', { user: ada.id })
  const done = await boss.click(asked.message!, 'Reset')
  expect(done.message?.content).toContain('were reset')
  expect(play.rows('SELECT total_points AS points, questions_answered AS answered, questions_correct AS correct FROM users WHERE name = ?', 'Ada')).toEqual([{ points: 10, answered: 1, correct: 1 }])
  expect(play.rows('SELECT points FROM weekly_rankings')).toEqual([{ points: 10 }])
  expect(play.rows('SELECT CAST(guild_id AS TEXT) AS guild, points FROM guild_rankings GROUP BY guild_id')).toEqual([{ guild: elsewhere.guild.id, points: 10 }])
  expect(play.rows("SELECT sum(players) AS players FROM rank_counts WHERE board = 'all' AND width = 1")).toEqual([{ players: 1 }])
})

test('a question is added, imported, reported and hidden, for this server only', async () => {
  await using play = await stage(questions(1))
  const { sandbox } = play
  const boss = sandbox.user('Boss', MANAGER)
  const wizard = await boss.slash('/admin add', {})
  await boss.select(wizard.message!, ['Fill in the blank'], 'addpick:type:multiple_choice:medium')
  const form = await boss.click(wizard.message!, 'Continue')
  const added = await boss.submit(form.modal!, { question: 'The capital of France is ____.', answer: 'Paris', category: 'geography' })
  expect(added.message?.content).toContain('was added')
  const file = { filename: 'more.csv', content: 'question,correct_answer,incorrect_answers,category,difficulty,type\nWho?,Me,You|Them,History,easy,multiple\n,x,y,,,' }
  const imported = await boss.slash('/admin import', { file })
  expect(imported.message?.content).toMatch(/1 question imported[\s\S]*1 row was left out/)
  expect((await boss.slash('/admin import', { file })).message?.content).toMatch(/0 questions imported[\s\S]*1 was there already/)
  expect((await boss.slash('/admin import', { file: { filename: 'big.csv', content: 'x'.repeat(600_000) } })).message?.content).toContain('larger than')
  expect(play.rows('SELECT CAST(guild_id AS TEXT) AS guild, count(*) AS count FROM questions GROUP BY guild_id')).toEqual([{ guild: null, count: 1 }, { guild: sandbox.guild.id, count: 2 }])

  const ada = sandbox.user('Ada')
  const { message } = await ada.slash('/trivia play', { who: 'solo', type: 'multiple_choice', category: 'History' })
  await ada.click(message!, message!.buttons[0]!)
  const report = await ada.click(message!, 'Report question')
  await ada.select(report.message!, ['There is a typo'])
  expect(report.message?.content).toContain('Thank you')
  const list = await boss.slash('/admin reports', {})
  expect(JSON.stringify(list.message?.embeds)).toContain('There is a typo')
  const decided = await boss.click(list.message!, list.message!.buttons.find((label) => /Hide|Retire/.test(label)) ?? '')
  expect(decided.message?.content).toContain('No reports')
  // Another server's admins see none of it.
  const { channel } = sandbox.addGuild('Elsewhere')
  const other = sandbox.user('Other').in(channel)
  other.setPermissions(MANAGER.permissions)
  expect((await other.slash('/admin reports', {})).message?.content).toContain('No reports')
})
