import { addToRankings } from '@trivia/database/queries'
import type { Answer, SandboxUser } from '@trivia/discord-sandbox'
import { expect, test } from 'vitest'
import { monthStart, weekStart } from '../../src/features/calendar/index.ts'
import { addAnswer, addQuestion } from './world.ts'
import { socialStage, type SocialStage } from './social-stage.ts'

const AT = '2026-11-20T10:00:00.000+00:00'

/** Gives somebody of the sandbox a row and points. */
function known({ db, sandbox }: SocialStage, name: string, points: number): SandboxUser {
  const user = sandbox.user(name)
  db.run('INSERT INTO users (user_id, name, total_points, questions_answered, questions_correct, created_at) VALUES (?, ?, ?, 30, 20, ?)', user.id, name, points, AT)
  const now = new Date(sandbox.clock.now())
  if (points > 0) addToRankings(db, { userId: user.id, guildId: user.channel.guildId ?? null, points, week: weekStart(now), month: monthStart(now) })
  return user
}

function textOf({ message, kind }: Answer): string {
  if (message === undefined) throw new Error(`There is no message but ${kind}.`)
  return [message.content, ...message.embeds.flatMap(({ title, description, fields, footer }) => [title, description, ...(fields ?? []).flatMap(({ name, value }) => [name, value]), footer?.text])].filter(Boolean).join('\n')
}

test('the leaderboard: pages, places, and buttons that anybody may press', async () => {
  await using stage = await socialStage()
  const players = Array.from({ length: 23 }, (_, index) => known(stage, `Player_${index}`, 1_000 - index * 10))
  const [ada, late] = [players[0], players[22]] as [SandboxUser, SandboxUser]
  const shown = await ada.slash('/trivia leaderboard')
  expect(shown.message?.ephemeral).toBe(false)
  expect(textOf(shown)).toContain('This server')
  expect(textOf(shown)).toContain('🥇 **Player\\_0** — 1,000')
  expect(textOf(shown)).toContain('#10 Player\\_9 — 910')
  expect(textOf(shown)).toContain('Page 1 of 3')
  const { message } = shown
  if (message === undefined) throw new Error('no message')
  expect(message.buttons).toEqual(['First', 'Back', 'Next', 'Where am I?'])
  expect(textOf(await late.click(message, 'Where am I?'))).toContain('Player\\_22: #23 with 780')
  expect(textOf(await ada.click(message, 'Back'))).toContain('#13 Player\\_12')
  expect(textOf(await ada.click(message, 'First'))).toContain('🥈 Player\\_1')
  const second = await ada.click(message, 'Next')
  expect(textOf(second)).toContain('#11 Player\\_10')
  expect(textOf(second)).toContain('Page 2 of 3')
  for (const scope of ['server', 'everywhere']) for (const period of ['all', 'week', 'month']) {
    expect(textOf(await ada.slash('/trivia leaderboard', { scope, period, page: 3 }))).toContain('#21 Player\\_20 — 800')
  }
  expect(textOf(await ada.slash('/trivia leaderboard', { page: 4 }))).toContain('the list has 3')
  expect(textOf(await ada.slash('/trivia leaderboard', { period: 'week' }))).toMatch(/Starts anew <t:\d+:R>/)
  const rank = textOf(await ada.slash('/trivia rank', { user: players[4]?.id ?? '' }))
  expect(rank).toMatch(/#5 of 23.*Top 22%[^]*11 points to overtake Player\\_3[^]*#4 Player\\_3[^]*#7 Player\\_6/)
  expect(new Set(stage.outcomes)).toEqual(new Set(['done']))
})

test('statistics with pictures, of oneself and others; friendly words for those who never played', async () => {
  await using stage = await socialStage()
  const { db, sandbox } = stage
  const [ada, bob] = [known(stage, 'Ada', 500), sandbox.user('Bob')]
  for (const [category, right] of [['Space', true], ['Art', false]] as const) {
    const question = addQuestion(db, 'easy', category)
    for (let index = 0; index < 6; index++) addAnswer(db, ada.id, question, right, sandbox.clock.now() - index * 60_000)
  }
  const stats = await bob.slash('/trivia stats', { user: ada.id })
  expect(textOf(stats)).toMatch(/Statistics of Ada[^]*18 answers are from an earlier version[^]*500[^]*#1 of 1[^]*67% \(20 of 30\)[^]*4 s/)
  expect(stats.message?.attachments).toMatchObject([{ filename: 'activity.png', description: expect.stringContaining('6 of 12') as string }])
  expect(stats.message?.files[0]?.bytes.subarray(1, 4)).toEqual(new Uint8Array([0x50, 0x4e, 0x47]))
  const report = await ada.slash('/trivia report')
  expect(textOf(report)).toMatch(/Strong areas\nSpace: 100% \(6 of 6\)[^]*Weak areas\nArt: 0% \(0 of 6\)/)
  expect(report.message?.attachments.map(({ filename }) => filename)).toEqual(['activity.png', 'categories.png'])
  db.run(`INSERT INTO user_achievements (user_id, achievement_id, unlocked_at) VALUES (?, 'hot_streak', ?), (?, 'century', NULL)`, ada.id, AT, ada.id)
  expect(textOf(await ada.slash('/trivia achievements'))).toMatch(/1 of 18 unlocked[^]*Hot streak\*\* — 5 right answers in a row · Unlocked <t:\d+:D>[^]*🔒[^]*30 \/ 50[^]*From before\n🏅 century/)
  for (const command of ['stats', 'report', 'rank', 'achievements']) {
    const own = await bob.slash(`/trivia ${command}`)
    expect(own.message?.ephemeral).toBe(true)
    expect(textOf(await ada.slash(`/trivia ${command}`, { user: bob.id }))).toMatch(/Bob has (not played|no rank) yet/)
  }
  expect(new Set(stage.outcomes)).toEqual(new Set(['done']))
})

test('settings', async () => {
  await using stage = await socialStage()
  const ada = stage.sandbox.user('Ada')
  const shown = await ada.slash('/trivia settings')
  expect(shown.message?.ephemeral).toBe(true)
  expect(textOf(shown)).toMatch(/UTC \(now [^]*Default[^]*On[^]*Any difficulty/)
  expect((await ada.autocomplete('/trivia settings', 'timezone', { timezone: 'berl' })).choices).toMatchObject([{ value: 'Europe/Berlin' }])
  expect(textOf(await ada.slash('/trivia settings', { timezone: 'europe/berlin', theme: 'dark', notifications: 'off', difficulty: 'hard' }))).toMatch(/Saved[^]*Europe\/Berlin[^]*Dark[^]*Off[^]*Hard/)
  expect(textOf(await ada.slash('/trivia settings', { timezone: 'Moon' }))).toContain('I do not know this time zone')
  expect(textOf(await ada.slash('/trivia settings', { difficulty: 'any' }))).toMatch(/Europe\/Berlin[^]*Any difficulty/)
})

test('friends: asked in the channel without a ping, answered by the right one only', async () => {
  await using stage = await socialStage()
  const { sandbox } = stage
  const [ada, bob, eve] = ['Ada', 'Bob', 'Eve'].map((name) => sandbox.user(name)) as [SandboxUser, SandboxUser, SandboxUser]
  expect(textOf(await ada.slash('/trivia friends'))).toContain('No friends yet')
  expect(textOf(await ada.slash('/trivia friends', { action: 'add' }))).toContain('`user`')
  expect(textOf(await ada.slash('/trivia friends', { action: 'add', user: ada.id }))).toContain('own best friend')
  const asked = await ada.slash('/trivia friends', { action: 'add', user: bob.id })
  expect(asked.message).toMatchObject({ ephemeral: true, content: '📨 Bob has been asked.' })
  await sandbox.until(() => asked.followups.length === 1)
  const [request] = asked.followups
  if (request === undefined) throw new Error('no request')
  expect(request).toMatchObject({ ephemeral: false, pings: [], content: '👋 Bob, Ada would like to be your friend.', buttons: ['Accept', 'Decline'] })
  expect(textOf(await eve.click(request, 'Accept'))).toContain('belong to somebody else')
  expect(textOf(await ada.click(request, 'Accept'))).toContain('belong to somebody else')
  expect(textOf(await bob.slash('/trivia friends'))).toContain('Waiting for you\nAda')
  expect(await bob.click(request, 'Accept')).toMatchObject({ kind: 'update' })
  expect(request).toMatchObject({ content: '🤝 Ada and Bob are friends now.', buttons: [] })
  expect(textOf(await ada.slash('/trivia friends'))).toContain('Bob — 0 points')
  expect(textOf(await ada.slash('/trivia friends', { action: 'leaderboard' }))).toContain('You and your friends')
  const declined = await eve.slash('/trivia friends', { action: 'add', user: bob.id })
  await sandbox.until(() => declined.followups.length === 1)
  if (declined.followups[0] !== undefined) await bob.click(declined.followups[0], 'Decline')
  expect(declined.followups[0]?.content).toBe('Declined.')
  expect(textOf(await eve.slash('/trivia friends', { action: 'add', user: bob.id }))).toContain('has been asked')
  expect(textOf(await bob.slash('/trivia friends', { action: 'accept', user: eve.id }))).toContain('You and Eve are friends now')
  expect(textOf(await bob.slash('/trivia friends', { action: 'remove', user: eve.id }))).toContain('no longer in your list')
})

test('groups', async () => {
  await using stage = await socialStage()
  const [ada, bob] = [stage.sandbox.user('Ada'), stage.sandbox.user('Bob')]
  expect(textOf(await ada.slash('/trivia group'))).toContain('You are in no group')
  expect(textOf(await ada.slash('/trivia group', { action: 'create' }))).toContain('2 to 50 characters')
  const created = textOf(await ada.slash('/trivia group', { action: 'create', name: '**Owls** @everyone' }))
  const code = /`([A-Z0-9]{8})`/.exec(created)?.[1] ?? ''
  expect(created).not.toContain('@everyone')
  expect(textOf(await bob.slash('/trivia group', { action: 'join', code: code.toLowerCase() }))).toContain('You have joined')
  expect(textOf(await bob.slash('/trivia group'))).toMatch(/2 members\n-# Code: `/)
  const { choices } = await bob.autocomplete('/trivia group', 'group', { group: 'ow' })
  expect(choices).toMatchObject([{ name: '**Owls** @everyone' }])
  expect(textOf(await bob.slash('/trivia group', { action: 'leaderboard', group: String(choices[0]?.value) }))).toMatch(/Leaderboard of[^]*🥇 .*Ada[^]*🥇 .*Bob/)
  expect(textOf(await ada.slash('/trivia group', { action: 'leave' }))).toMatch(/You have left.*The group now belongs to Bob/)
  expect(textOf(await ada.slash('/trivia group', { action: 'leave' }))).toContain('You are in no such group')
  expect(textOf(await bob.slash('/trivia group', { action: 'leave' }))).toContain('is gone')
})

test('privacy: a file with everything, and a deletion that is confirmed in time', async () => {
  await using stage = await socialStage()
  const { db, sandbox } = stage
  const ada = known(stage, 'Ada', 500)
  const panel = await ada.slash('/trivia privacy')
  const { message } = panel
  if (message === undefined) throw new Error('no panel')
  expect(message).toMatchObject({ ephemeral: true, buttons: ['Export', 'Delete everything', 'Keep it'] })
  const exported = await ada.click(message, 'Export')
  const file = [exported.message, ...exported.followups].flatMap((each) => each?.files ?? []).find(({ name }) => name === 'trivia-data.json')
  expect(JSON.parse(new TextDecoder().decode(file?.bytes))).toMatchObject({ user_id: ada.id, tables: { users: [{ user_id: ada.id, total_points: 500 }] } })

  await ada.click(message, 'Delete everything')
  expect(message.buttons).toEqual(['Keep it', 'Export', 'Yes, delete for good'])
  sandbox.advance(5 * 60_000 + 2_000)
  await ada.click(message, 'Yes, delete for good')
  expect(message.content).toContain('nothing was deleted')
  expect(db.get('SELECT count(*) AS users FROM users')).toEqual({ users: 1 })

  const again = (await ada.slash('/trivia privacy')).message
  if (again === undefined) throw new Error('no panel')
  await ada.click(again, 'Delete everything')
  await ada.click(again, 'Yes, delete for good')
  expect(again).toMatchObject({ content: 'Done: your data has been deleted.', buttons: [] })
  expect(db.get('SELECT (SELECT count(*) FROM users) + (SELECT count(*) FROM guild_rankings) AS left')).toEqual({ left: 0 })
  expect(textOf(await ada.slash('/trivia stats'))).toContain('No questions answered yet')
})

test('in every language all messages are taken', async () => {
  await using stage = await socialStage()
  const { db, sandbox } = stage
  const ada = known(stage, 'A*d*a_[x](y) @here', 500)
  const bob = known(stage, 'Bob', 700)
  addAnswer(db, ada.id, addQuestion(db, 'hard', 'Art'), true, sandbox.clock.now())
  db.run('INSERT INTO friendships VALUES (?, ?, ?, ?, NULL)', ...([ada.id, bob.id].sort() as [string, string]), bob.id, AT)
  for (const locale of ['en-US', 'es-ES', 'fr', 'de', 'pt-BR']) {
    ada.setLocale(locale)
    for (const command of ['leaderboard', 'rank', 'stats', 'report', 'achievements', 'settings', 'friends', 'group', 'privacy']) {
      expect((await ada.slash(`/trivia ${command}`)).kind).toBe('message')
    }
  }
  expect(new Set(stage.outcomes)).toEqual(new Set(['done']))
})
