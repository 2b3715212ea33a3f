import { expect, test } from 'vitest'
import { achievementList, playerOverview, playerReport } from '../../src/features/statistics/index.ts'
import { addAnswer, addPlayer, addQuestion, createWorld, id, NOON } from './world.ts'

const DAY = 24 * 3_600_000

test('nobody knows a player without a row', () => {
  using world = createWorld()
  expect([playerOverview, playerReport, achievementList].map((each) => each(world.context, { userId: id(1) }))).toEqual([null, null, null])
})

test('answers are counted by week, difficulty and category', () => {
  using world = createWorld()
  const { db, context } = world
  const userId = addPlayer(db, 1, 120)
  addPlayer(db, 2, 500)
  db.run('UPDATE users SET questions_answered = 40, questions_correct = 25, current_streak = 3, best_streak = 9 WHERE user_id = ?', userId)
  const [space, art, rare] = [addQuestion(db, 'easy', 'Space'), addQuestion(db, 'hard', 'Art'), addQuestion(db, 'hard', 'Mythology')]
  for (let index = 0; index < 8; index++) addAnswer(db, userId, space, index < 7, NOON - index * 60_000, 2_000)
  for (let index = 0; index < 6; index++) addAnswer(db, userId, art, index < 1, NOON - 8 * DAY, 6_000)
  for (let index = 0; index < 4; index++) addAnswer(db, userId, rare, false, NOON - 400 * DAY, 4_000)
  addAnswer(db, userId, null, true, Date.parse('2026-10-05T00:00:00Z'))
  addAnswer(db, userId, null, true, Date.parse('2026-10-04T23:59:59Z'))
  addAnswer(db, id(2), space, false, NOON)

  const report = playerReport(context, { userId })
  expect(report).toMatchObject({
    points: 120, answered: 40, right: 25, streak: 3, bestStreak: 9, place: { rank: 2, players: 2 }, withoutDetails: 20, average: 3_800,
    byDifficulty: [{ key: 'easy', answered: 8, right: 7 }, { key: 'hard', answered: 10, right: 1 }],
    byCategory: [{ key: 'Space', answered: 8, right: 7 }, { key: 'Art', answered: 6, right: 1 }, { key: 'Mythology', answered: 4, right: 0 }],
    strong: [{ key: 'Space' }], weak: [{ key: 'Art' }], tellable: true,
  })
  expect(report?.weak).toHaveLength(1)
  expect(report?.weeks.map(({ week, answered, right }) => [week, answered, right])).toEqual([
    ['2026-10-05', 1, 1], ['2026-10-12', 0, 0], ['2026-10-19', 0, 0], ['2026-10-26', 0, 0], ['2026-11-02', 0, 0], ['2026-11-09', 6, 1], ['2026-11-16', 0, 0], ['2026-11-23', 8, 7],
  ])
})

test('totals of an older database are shown without details', () => {
  using world = createWorld()
  const userId = addPlayer(world.db, 1, 3_000)
  world.db.run('UPDATE users SET questions_answered = 200, questions_correct = 150 WHERE user_id = ?', userId)
  expect(playerReport(world.context, { userId })).toMatchObject({ answered: 200, right: 150, withoutDetails: 200, average: null, byDifficulty: [], byCategory: [], tellable: false })
})

test('a row of days is over when a day was left out', () => {
  using world = createWorld()
  const userId = addPlayer(world.db, 1)
  world.db.run(`INSERT INTO user_progress (user_id, day_streak, best_day_streak, last_day) VALUES (?, 5, 8, '2026-11-22')`, userId)
  expect(playerOverview(world.context, { userId })).toMatchObject({ days: 5, bestDays: 8 })
  expect(playerOverview(world.later(DAY), { userId })).toMatchObject({ days: 0, bestDays: 8 })
  world.db.run(`UPDATE users SET timezone = 'Pacific/Auckland' WHERE user_id = ?`, userId)
  expect(playerOverview(world.context, { userId })).toMatchObject({ days: 0 })
})

test('achievements: progress, dates, and those from before', () => {
  using world = createWorld()
  const userId = addPlayer(world.db, 1, 700)
  world.db.run('UPDATE users SET best_streak = 7, questions_answered = 20, questions_correct = 10 WHERE user_id = ?', userId)
  world.db.run(`INSERT INTO user_achievements (user_id, achievement_id, unlocked_at) VALUES (?, 'hot_streak', '2026-11-01T10:00:00.000+00:00'), (?, 'century', NULL)`, userId, userId)
  const list = achievementList(world.context, { userId })
  expect(list?.states).toHaveLength(18)
  expect(list?.states[0]).toMatchObject({ id: 'hot_streak', unlocked: true, at: Date.parse('2026-11-01T10:00:00Z'), value: 7, goal: 5 })
  expect(list?.states.find((state) => state.id === 'points_1000')).toMatchObject({ unlocked: false, at: null, value: 700, goal: 1_000 })
  expect(list?.fromBefore).toEqual(['century'])
})

test('a hundred thousand answers are counted by an index', () => {
  using world = createWorld()
  const { db } = world
  const userId = addPlayer(db, 1)
  for (let number = 0; number < 20; number++) addQuestion(db, 'easy', `Category ${number}`)
  db.run(`WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < 100000)
    INSERT INTO answers (user_id, question_id, is_correct, milliseconds, answered_at) SELECT ?, n % 20 + 1, n % 2, 1000, '2026-11-20T00:00:00.000+00:00' FROM series`, userId)
  const report = playerReport(world.context, { userId })
  expect(report?.byCategory.reduce((sum, { answered }) => sum + answered, 0)).toBe(100_000)
  for (const sql of ['SELECT count(*), avg(milliseconds) FROM answers WHERE user_id = 1', 'SELECT question_id, count(*) FROM answers WHERE user_id = 1 GROUP BY question_id']) {
    expect(JSON.stringify(db.all(`EXPLAIN QUERY PLAN ${sql}`))).toContain('SEARCH answers USING INDEX idx_answers_user_time')
  }
})
