import type { Parameter } from '@trivia/database/connection'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type BoardPage, leaderboardPage, type PageRequest, standingOf } from '../../src/features/leaderboards/index.ts'
import { createWorld, id, MONTH, SERVER, WEEK, type World } from './world.ts'

const PLAYERS = 200_000
/** Of these many have few points, in the largest group of equals. */
const EQUALS = 60_000

let world: World

beforeAll(() => {
  world = createWorld()
  const { db } = world
  const points = `CASE WHEN value <= ${EQUALS} THEN 10 ELSE (value * 7919) % 90000 + 1 END`
  const series = `WITH RECURSIVE series(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM series WHERE value < ${PLAYERS})`
  const user = 'value + 1200000000000000000'
  db.transaction(() => {
    db.run(`${series} INSERT INTO users (user_id, name, total_points) SELECT ${user}, 'P' || value, ${points} FROM series`)
    db.run(`${series} INSERT INTO weekly_rankings (user_id, week_start, points) SELECT ${user}, '${WEEK}', ${points} FROM series`)
    db.run(`${series} INSERT INTO monthly_rankings (user_id, month_start, points) SELECT ${user}, '${MONTH}', ${points} FROM series`)
    db.run(`${series} INSERT INTO guild_rankings (guild_id, period, start, user_id, points) SELECT ${SERVER}, 'all', '1970-01-01', ${user}, ${points} FROM series`)
  })
})

afterAll(() => world[Symbol.dispose]())

/** The plans of all queries that `work` makes, and how many rows they gave. */
function watched<T>(work: () => T): { result: T; plans: string[]; rows: number } {
  const { db } = world
  const plans: string[] = []
  let rows = 0
  const explain = (sql: string, parameters: readonly Parameter[]): void => {
    plans.push(...(db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(({ detail }) => `${detail} | ${sql}`))
  }
  const [get, all] = [db.get.bind(db), db.all.bind(db)]
  const spies = [
    vi.spyOn(db, 'get').mockImplementation((sql, ...parameters) => { explain(sql, parameters); rows += 1; return get(sql, ...parameters) }),
    vi.spyOn(db, 'all').mockImplementation((sql, ...parameters) => { explain(sql, parameters); const found = all(sql, ...parameters); rows += found.length; return found }),
  ]
  try {
    return { result: work(), plans, rows }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const turns: readonly PageRequest['turn'][] = [
  { to: 'page', page: 1 }, { to: 'page', page: 9_000 }, { to: 'page', page: 17_000 }, { to: 'page', page: 20_000 }, { to: 'me' },
  { to: 'after', cursor: { points: 10, row: 30_000 }, page: 17_000, start: 'ever' }, { to: 'before', cursor: { points: 44_000, row: 1 }, page: 10_000, start: 'ever' },
]
const boards = [['everywhere', 'all'], ['everywhere', 'week'], ['everywhere', 'month'], ['server', 'all']] as const

test.each(boards)('no page of %s, %s reads through the players', (scope, period) => {
  const start = period === 'week' ? WEEK : period === 'month' ? MONTH : 'ever'
  for (const turn of turns.map((each) => ('start' in each ? { ...each, start } : each))) {
    const { result, plans, rows } = watched<BoardPage>(() => leaderboardPage(world.context, { scope, period, guildId: SERVER, userId: id(150_000), turn }))
    expect(result.rows).toHaveLength(10)
    expect(result.players).toBe(PLAYERS)
    const bad = plans.filter((plan) => /SCAN (t|u|users|weekly_rankings|monthly_rankings|guild_rankings)\b|TEMP B-TREE/.test(plan))
    expect(bad).toEqual([])
    // The counts of 1,024 points each, those of single points, and the page.
    expect(rows).toBeLessThan(90 + 1_024 + 60)
  }
})

test('a rank is no more work', () => {
  const { result, plans, rows } = watched(() => standingOf(world.context, { userId: id(150_000), guildId: SERVER }))
  expect(result?.players).toBe(PLAYERS)
  expect(plans.filter((plan) => /SCAN (t|u|users|guild_rankings)\b|TEMP B-TREE/.test(plan))).toEqual([])
  expect(rows).toBeLessThan(40)
})

test('pages follow one another exactly, deep among equals too', () => {
  const request = { scope: 'everywhere', period: 'all', guildId: null, userId: id(30_000) } as const
  const mine = leaderboardPage(world.context, { ...request, turn: { to: 'me' } })
  expect(mine.rows[0]?.userId).toBe(id(30_000))
  const next = leaderboardPage(world.context, { ...request, turn: { to: 'after', cursor: mine.next ?? { points: 0, row: 0 }, page: mine.page, start: 'ever' } })
  expect(next.rows.map(({ userId }) => userId)).toEqual(Array.from({ length: 10 }, (_, index) => id(30_010 + index)))
  const back = leaderboardPage(world.context, { ...request, turn: { to: 'before', cursor: next.previous ?? { points: 0, row: 0 }, page: next.page, start: 'ever' } })
  expect(back.rows).toEqual(mine.rows)
})
