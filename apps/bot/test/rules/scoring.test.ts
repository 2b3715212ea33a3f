import { describe, expect, test } from 'vitest'
import { defaultMultipliers, defaultPoints, nextDayStreak, nextStreak, pointsFor } from '../../src/features/scoring/index.ts'

describe('points', () => {
  test('are 10, 20 and 30, double in the daily question, triple in the weekly challenge', () => {
    const all = (multiplier: number): number[] => [pointsFor('easy', defaultPoints, multiplier), pointsFor('medium', defaultPoints, multiplier), pointsFor('hard', defaultPoints, multiplier)]
    expect(all(defaultMultipliers.play)).toEqual([10, 20, 30])
    expect(all(defaultMultipliers.daily)).toEqual([20, 40, 60])
    expect(all(defaultMultipliers.weekly)).toEqual([30, 60, 90])
  })

  test.each([
    [1.1, 11],
    [1.25, 13],
    [0.33, 3],
    [0, 0],
    [-2, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
  ])('times %d are whole and never negative: %i', (multiplier, points) => {
    expect(pointsFor('easy', defaultPoints, multiplier)).toBe(points)
  })

  test("are a server's own, but never negative", () => {
    expect(pointsFor('hard', { easy: 1, medium: 2, hard: 55 }, 2)).toBe(110)
    expect(pointsFor('easy', { easy: -10, medium: 20, hard: 30 }, 1)).toBe(0)
  })
})

describe('a streak', () => {
  test('grows with right answers and takes the best along', () => {
    expect(nextStreak({ current: 0, best: 0 }, true)).toEqual({ current: 1, best: 1 })
    expect(nextStreak({ current: 4, best: 4 }, true)).toEqual({ current: 5, best: 5 })
    expect(nextStreak({ current: 2, best: 7 }, true)).toEqual({ current: 3, best: 7 })
  })

  test('ends with a wrong one, and the best stays', () => {
    expect(nextStreak({ current: 4, best: 7 }, false)).toEqual({ current: 0, best: 7 })
    expect(nextStreak({ current: 9, best: 7 }, false)).toEqual({ current: 0, best: 7 })
  })
})

describe('a row of days', () => {
  test.each([
    ['the first day', { days: 0, best: 0, lastDay: null }, '2026-06-01', { days: 1, best: 1, lastDay: '2026-06-01' }],
    ['the day after', { days: 6, best: 6, lastDay: '2026-06-01' }, '2026-06-02', { days: 7, best: 7, lastDay: '2026-06-02' }],
    ['the day after, in the next year', { days: 1, best: 9, lastDay: '2025-12-31' }, '2026-01-01', { days: 2, best: 9, lastDay: '2026-01-01' }],
    ['the day after 29 February', { days: 3, best: 3, lastDay: '2024-02-29' }, '2024-03-01', { days: 4, best: 4, lastDay: '2024-03-01' }],
    ['the same day', { days: 3, best: 5, lastDay: '2026-06-01' }, '2026-06-01', { days: 3, best: 5, lastDay: '2026-06-01' }],
    ['a day left out', { days: 6, best: 6, lastDay: '2026-06-01' }, '2026-06-03', { days: 1, best: 6, lastDay: '2026-06-03' }],
    ['a day earlier, further west', { days: 6, best: 6, lastDay: '2026-06-02' }, '2026-06-01', { days: 6, best: 6, lastDay: '2026-06-02' }],
  ])('%s', (_, before, today, after) => {
    expect(nextDayStreak(before, today)).toEqual(after)
  })
})
