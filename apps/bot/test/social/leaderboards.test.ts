import type { Connection } from '@trivia/database/connection'
import { ALL_TIME_START, addToRankings } from '@trivia/database/queries'
import { seededRandom, type SeededRandom } from '@trivia/testkit'
import { describe, expect, test } from 'vitest'
import { type BoardPage, leaderboardPage, type PageRequest, PAGE_SIZE, standingOf } from '../../src/features/leaderboards/index.ts'
import { addPlayer, createWorld, id, MONTH, SERVER, WEEK, type World } from './world.ts'

type Choice = Pick<PageRequest, 'scope' | 'period'>

const choices: readonly Choice[] = (['server', 'everywhere'] as const).flatMap((scope) => (['all', 'week', 'month'] as const).map((period) => ({ scope, period })))

/** The board by sorting everything, as nobody should do it. */
function bruteForce(db: Connection, { scope, period }: Choice): { userId: string; points: number; rank: number }[] {
  const [table, points, where] = scope === 'server'
    ? ['guild_rankings', 'points', `guild_id = ${SERVER} AND period = '${period}' AND start = '${period === 'all' ? ALL_TIME_START : period === 'week' ? WEEK : MONTH}'`]
    : period === 'all' ? ['users', 'total_points', '1'] : period === 'week' ? ['weekly_rankings', 'points', `week_start = '${WEEK}'`] : ['monthly_rankings', 'points', `month_start = '${MONTH}'`]
  return db.all(
    `SELECT CAST(user_id AS TEXT) AS userId, ${points} AS points, rank() OVER (ORDER BY ${points} DESC) AS rank
     FROM ${table} WHERE ${where} AND ${points} > 0 ORDER BY ${points} DESC, rowid`,
  )
}

function page(world: World, choice: Choice, turn: PageRequest['turn'], userId = id(1)): BoardPage {
  return leaderboardPage(world.context, { ...choice, guildId: SERVER, userId, turn })
}

function shown({ rows }: BoardPage): { userId: string; points: number; rank: number }[] {
  return rows.map(({ userId, points, rank }) => ({ userId, points, rank }))
}

function walkDown(world: World, choice: Choice): ReturnType<typeof shown> {
  let current = page(world, choice, { to: 'page', page: 1 })
  const seen = shown(current)
  while (current.next !== null) {
    const next = page(world, choice, { to: 'after', cursor: current.next, page: current.page, start: current.start })
    expect(next.page).toBe(current.page + 1)
    seen.push(...shown(next))
    current = next
  }
  expect(current.page).toBe(current.pages)
  return seen
}

function walkUp(world: World, choice: Choice): ReturnType<typeof shown> {
  let current = page(world, choice, { to: 'page', page: 1_000_000 })
  const seen = shown(current)
  while (current.previous !== null) {
    current = page(world, choice, { to: 'before', cursor: current.previous, page: current.page, start: current.start })
    seen.unshift(...shown(current))
  }
  expect(current.page).toBe(1)
  return seen
}

/** Random points with many equals, some of which change or go away. */
function populate({ db }: World, random: SeededRandom, players: number): void {
  const points = (): number => (random.chance(0.5) ? random.integer(0, 6) * 10 : random.integer(0, 5_000))
  db.transaction(() => {
    for (let number = 1; number <= players; number++) {
      const userId = addPlayer(db, number, points())
      addToRankings(db, { userId, guildId: random.chance(0.6) ? SERVER : null, points: points(), week: WEEK, month: MONTH })
      if (random.chance(0.3)) addToRankings(db, { userId, guildId: SERVER, points: points(), week: '2026-11-16', month: '2026-10-01' })
    }
    for (let change = 0; change < players; change++) {
      const userId = id(random.integer(1, players))
      if (random.chance(0.1)) db.run('DELETE FROM users WHERE user_id = ?', userId)
      else db.run('UPDATE users SET total_points = ? WHERE user_id = ?', points(), userId)
      if (random.chance(0.3)) db.run('UPDATE guild_rankings SET points = ? WHERE user_id = ?', points(), userId)
      if (random.chance(0.3)) db.run('UPDATE weekly_rankings SET points = ? WHERE user_id = ?', points(), userId)
      if (random.chance(0.1)) db.run('DELETE FROM monthly_rankings WHERE user_id = ?', userId)
    }
  })
}

describe.each([1, 2, 3])('boards of random players (%i)', (seed) => {
  test('have everybody once, in the order and with the ranks of a plain sort, whichever way they are read', () => {
    using world = createWorld()
    const random = seededRandom(seed)
    populate(world, random, [7, 60, 300][seed - 1] ?? 100)
    for (const choice of choices) {
      const expected = bruteForce(world.db, choice)
      expect(walkDown(world, choice)).toEqual(expected)
      expect(walkUp(world, choice)).toEqual(expected)
      const pages = Math.max(1, Math.ceil(expected.length / PAGE_SIZE))
      const byNumber = Array.from({ length: pages }, (_, index) => shown(page(world, choice, { to: 'page', page: index + 1 })))
      expect(byNumber.flat()).toEqual(expected)
      for (const each of expected) {
        const mine = page(world, choice, { to: 'me' }, each.userId)
        expect(mine.me).toEqual({ rank: each.rank, points: each.points })
        expect(shown(mine)).toContainEqual(each)
        expect(mine).toMatchObject({ players: expected.length, pages })
      }
    }
  })

  test('give each player place, neighbours and the points to the next one', () => {
    using world = createWorld()
    populate(world, seededRandom(seed), 40)
    const expected = bruteForce(world.db, { scope: 'everywhere', period: 'all' })
    for (const [index, each] of expected.entries()) {
      const standing = standingOf(world.context, { userId: each.userId, guildId: SERVER })
      const ahead = expected.findLast(({ points }) => points > each.points)
      expect(standing).toMatchObject({ rank: each.rank, players: expected.length, points: each.points })
      expect(standing?.ahead?.points ?? null).toBe(ahead === undefined ? null : ahead.points - each.points + 1)
      expect(standing?.around.map(({ userId, rank }) => ({ userId, rank }))).toEqual(expected.slice(Math.max(0, index - 2), index + 3).map(({ userId, rank }) => ({ userId, rank })))
    }
  })
})

test('players without points have no place, and an empty board one page', () => {
  using world = createWorld()
  addPlayer(world.db, 1, 0)
  expect(page(world, { scope: 'everywhere', period: 'all' }, { to: 'me' })).toMatchObject({ rows: [], page: 1, pages: 1, players: 0, me: null, previous: null, next: null })
  expect(standingOf(world.context, { userId: id(1), guildId: null })).toBeNull()
  expect(standingOf(world.context, { userId: id(2), guildId: null })).toBeNull()
})

test('nobody is repeated or lost between pages while others gain points', () => {
  using world = createWorld()
  for (let number = 1; number <= 30; number++) addPlayer(world.db, number, 1_000 - number)
  const choice = { scope: 'everywhere', period: 'all' } as const
  const first = page(world, choice, { to: 'page', page: 1 })
  world.db.run('UPDATE users SET total_points = 5000 WHERE user_id = ?', id(25))
  const second = page(world, choice, { to: 'after', cursor: first.next ?? { points: 0, row: 0 }, page: 1, start: first.start })
  expect(second.rows[0]?.userId).toBe(id(11))
})

test('a name is the last one that was seen, and a week says when it ends', () => {
  using world = createWorld()
  const userId = addPlayer(world.db, 1, 0, 'Ada')
  addToRankings(world.db, { userId, guildId: SERVER, points: 30, week: WEEK, month: MONTH })
  const board = page(world, { scope: 'server', period: 'week' }, { to: 'page', page: 1 })
  expect(board.rows).toEqual([{ rank: 1, userId, name: 'Ada', points: 30 }])
  expect(board.resets).toBe(Date.parse('2026-11-30T00:00:00Z'))
})

test('buttons of last week lead to the first page of this one', () => {
  using world = createWorld()
  for (let number = 1; number <= 25; number++) {
    const userId = addPlayer(world.db, number)
    for (const week of [WEEK, '2026-11-30']) addToRankings(world.db, { userId, guildId: SERVER, points: 100 - number, week, month: MONTH })
  }
  const choice = { scope: 'server', period: 'week', guildId: SERVER, userId: id(1) } as const
  const first = leaderboardPage(world.context, { ...choice, turn: { to: 'page', page: 1 } })
  expect(first.start).toBe(WEEK)
  const turn = { to: 'after', cursor: first.next ?? { points: 0, row: 0 }, page: 1, start: first.start } as const
  expect(leaderboardPage(world.context, { ...choice, turn }).page).toBe(2)
  expect(leaderboardPage(world.later(7 * 24 * 3_600_000), { ...choice, turn })).toMatchObject({ page: 1, start: '2026-11-30' })
})
