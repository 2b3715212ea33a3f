import { expect, test } from 'vitest'
import { monthStart, nextMonthStart, nextWeekStart, weekStart } from '../../src/features/calendar/index.ts'

test.each([
  ['2026-11-23T00:00:00.000Z', '2026-11-23', '2026-11-30T00:00:00.000Z'],
  ['2026-11-22T23:59:59.999Z', '2026-11-16', '2026-11-23T00:00:00.000Z'],
  ['2026-11-23T00:00:00.001Z', '2026-11-23', '2026-11-30T00:00:00.000Z'],
  ['2026-01-01T12:00:00.000Z', '2025-12-29', '2026-01-05T00:00:00.000Z'],
  ['2024-02-29T12:00:00.000Z', '2024-02-26', '2024-03-04T00:00:00.000Z'],
  ['2026-03-29T12:00:00.000Z', '2026-03-23', '2026-03-30T00:00:00.000Z'],
])('the week of %s is that of Monday %s, until %s', (now, monday, next) => {
  expect(weekStart(new Date(now))).toBe(monday)
  expect(nextWeekStart(new Date(now)).toISOString()).toBe(next)
})

test.each([
  ['2026-01-01T00:00:00.000Z', '2026-01-01', '2026-02-01T00:00:00.000Z'],
  ['2025-12-31T23:59:59.999Z', '2025-12-01', '2026-01-01T00:00:00.000Z'],
  ['2024-02-29T23:59:59.999Z', '2024-02-01', '2024-03-01T00:00:00.000Z'],
  ['2026-01-31T12:00:00.000Z', '2026-01-01', '2026-02-01T00:00:00.000Z'],
])('the month of %s is %s, until %s', (now, first, next) => {
  expect(monthStart(new Date(now))).toBe(first)
  expect(nextMonthStart(new Date(now)).toISOString()).toBe(next)
})
