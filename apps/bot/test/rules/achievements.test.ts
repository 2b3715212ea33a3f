import { describe, expect, test } from 'vitest'
import { achievementIds, achievements, earned, isAchievementId, isReached, type AchievementId, type Progress } from '../../src/features/achievements/index.ts'

const nothing: Progress = { streak: 0, days: 0, points: 0, answered: 0, right: 0, rightEasy: 0, rightMedium: 0, rightHard: 0, dailies: 0, weeklies: 0 }
const none: ReadonlySet<string> = new Set()
const ids = (progress: Partial<Progress>, have = none): AchievementId[] => earned({ ...nothing, ...progress }, have).achievements.map(({ id }) => id)

/** Each achievement: one below, exactly there, and the bonus of the product's table. */
const edges: Record<AchievementId, [Partial<Progress>, Partial<Progress>, number]> = {
  hot_streak: [{ streak: 4 }, { streak: 5 }, 50],
  streak_master: [{ streak: 9 }, { streak: 10 }, 100],
  unstoppable: [{ streak: 19 }, { streak: 20 }, 250],
  dedicated_fan: [{ days: 6 }, { days: 7 }, 200],
  devoted_fan: [{ days: 29 }, { days: 30 }, 1000],
  points_1000: [{ points: 999 }, { points: 1000 }, 100],
  points_5000: [{ points: 4999 }, { points: 5000 }, 500],
  points_10000: [{ points: 9999 }, { points: 10_000 }, 1000],
  questions_50: [{ answered: 49 }, { answered: 50 }, 50],
  questions_500: [{ answered: 499 }, { answered: 500 }, 300],
  questions_1000: [{ answered: 999 }, { answered: 1000 }, 750],
  accuracy_80: [{ answered: 100, right: 79 }, { answered: 100, right: 80 }, 200],
  accuracy_90: [{ answered: 200, right: 179 }, { answered: 200, right: 180 }, 500],
  easy_100: [{ rightEasy: 99 }, { rightEasy: 100 }, 100],
  medium_100: [{ rightMedium: 99 }, { rightMedium: 100 }, 200],
  hard_100: [{ rightHard: 99 }, { rightHard: 100 }, 400],
  daily_10: [{ dailies: 9 }, { dailies: 10 }, 300],
  weekly_5: [{ weeklies: 4 }, { weeklies: 5 }, 500],
}

test('there are 18, each with an id and an emoji of its own', () => {
  expect(achievements).toHaveLength(18)
  expect(new Set(achievements.map(({ id }) => id)).size).toBe(18)
  expect(new Set(achievements.map(({ emoji }) => emoji)).size).toBe(18)
})

test.each(achievementIds)('%s comes exactly at its edge, with its bonus', (id) => {
  const [below, exactly, bonus] = edges[id]
  const achievement = achievements.find((each) => each.id === id)
  expect(achievement?.bonus).toBe(bonus)
  expect(achievement && isReached(achievement, { ...nothing, ...below })).toBe(false)
  expect(achievement && isReached(achievement, { ...nothing, ...exactly })).toBe(true)
  const others = new Set<string>(achievementIds.filter((each) => each !== id))
  expect(earned({ ...nothing, ...below }, others)).toEqual({ achievements: [], bonus: 0, points: below.points ?? 0 })
  expect(earned({ ...nothing, ...exactly }, others)).toEqual({ achievements: [achievement], bonus, points: (exactly.points ?? 0) + bonus })
})

describe('accuracy', () => {
  test('needs enough answers, however right', () => {
    expect(ids({ answered: 99, right: 99 })).not.toContain('accuracy_80')
    expect(ids({ answered: 199, right: 199 })).not.toContain('accuracy_90')
    expect(ids({ answered: 199, right: 199 })).toContain('accuracy_80')
  })

  test('is not rounded up', () => {
    expect(ids({ answered: 1001, right: 800 })).not.toContain('accuracy_80')
    expect(ids({ answered: 1000, right: 800 })).toContain('accuracy_80')
    expect(ids({ answered: 1_000_001, right: 900_000 })).not.toContain('accuracy_90')
  })

  test('shows the answers first, then percent', () => {
    const of = (answered: number, right: number): unknown => achievements.find(({ id }) => id === 'accuracy_80')?.progress({ ...nothing, answered, right })
    expect(of(0, 0)).toEqual({ value: 0, goal: 100, unit: 'count' })
    expect(of(99, 99)).toEqual({ value: 99, goal: 100, unit: 'count' })
    expect(of(101, 80)).toEqual({ value: 79, goal: 80, unit: 'percent' })
  })
})

describe('what is earned', () => {
  test('nothing at the beginning', () => {
    expect(earned(nothing, none)).toEqual({ achievements: [], bonus: 0, points: 0 })
  })

  test('nothing twice', () => {
    expect(ids({ streak: 10 }, new Set(['hot_streak']))).toEqual(['streak_master'])
    expect(earned({ ...nothing, points: 1200, streak: 5 }, new Set(['hot_streak', 'points_1000']))).toEqual({ achievements: [], bonus: 0, points: 1200 })
  })

  test('a bonus carries points over the next thousand', () => {
    expect(earned({ ...nothing, points: 950, streak: 5 }, none)).toMatchObject({ bonus: 150, points: 1100 })
    expect(ids({ points: 950, streak: 5 })).toEqual(['hot_streak', 'points_1000'])
    expect(ids({ points: 949, streak: 5 })).toEqual(['hot_streak'])
  })

  test('also where the bonus comes from an achievement further down the list', () => {
    expect(ids({ points: 500, weeklies: 5 })).toEqual(['weekly_5', 'points_1000'])
  })

  test('through a whole chain: 4,500 by 500 to 5,000, by 500 to 5,500; and 9,000 to 10,000', () => {
    expect(earned({ ...nothing, points: 4500, weeklies: 5 }, new Set(['points_1000']))).toMatchObject({ bonus: 1000, points: 5500 })
    expect(ids({ points: 8500, weeklies: 5, days: 30 }, new Set(['points_1000', 'points_5000', 'dedicated_fan']))).toEqual(['devoted_fan', 'weekly_5', 'points_10000'])
    expect(ids({ points: 8500, weeklies: 5 }, new Set(['points_1000']))).toEqual(['points_5000', 'weekly_5'])
    expect(ids({ points: 9000, weeklies: 5 }, new Set(['points_1000']))).toEqual(['points_5000', 'weekly_5', 'points_10000'])
  })

  test('everything at once gives every bonus once', () => {
    const all = earned({ streak: 20, days: 30, points: 10_000, answered: 1000, right: 1000, rightEasy: 100, rightMedium: 100, rightHard: 100, dailies: 10, weeklies: 5 }, none)
    expect(all.achievements).toHaveLength(18)
    expect(all.bonus).toBe(6500)
    expect(all.points).toBe(16_500)
  })

  test('ids from older databases are harmless', () => {
    expect(ids({ streak: 5 }, new Set(['century', 'galaxy_expert']))).toEqual(['hot_streak'])
    expect(isAchievementId('century')).toBe(false)
    expect(isAchievementId('toString')).toBe(false)
    expect(isAchievementId('hot_streak')).toBe(true)
  })
})
