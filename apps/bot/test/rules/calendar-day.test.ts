import { describe, expect, test } from 'vitest'
import { dayOf, daysBetween, nextDayStart } from '../../src/features/calendar/index.ts'

const at = (iso: string): Date => new Date(iso)
const next = (iso: string, zone: string): string => nextDayStart(at(iso), zone).toISOString()

describe('the day in a zone', () => {
  test.each([
    ['2026-01-01T00:00:00.000Z', 'UTC', '2026-01-01'],
    ['2025-12-31T23:59:59.999Z', 'UTC', '2025-12-31'],
    ['2025-12-31T23:00:00.000Z', 'Europe/Berlin', '2026-01-01'],
    ['2025-12-31T22:59:59.999Z', 'Europe/Berlin', '2025-12-31'],
    ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
    ['2025-12-31T10:00:00.000Z', 'Pacific/Kiritimati', '2026-01-01'],
    ['2024-02-29T12:00:00.000Z', 'Asia/Kathmandu', '2024-02-29'],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00.000Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s is %s', (now, zone, day) => {
    expect(dayOf(at(now), zone)).toBe(day)
  })

  test('an unknown zone is an error, not some other day', () => {
    expect(() => dayOf(at('2026-01-01T00:00:00Z'), 'Mars/Olympus')).toThrow(RangeError)
  })

  test('it is fast enough for each answer', () => {
    const started = performance.now()
    for (let i = 0; i < 10_000; i++) dayOf(new Date(1_700_000_000_000 + i * 60_000), 'Europe/Berlin')
    expect(performance.now() - started).toBeLessThan(1000)
  })
})

describe('the next day begins', () => {
  test.each([
    ['at midnight', '2026-06-01T12:00:00Z', 'UTC', '2026-06-02T00:00:00.000Z'],
    ['a whole day later at midnight itself', '2026-06-01T00:00:00Z', 'UTC', '2026-06-02T00:00:00.000Z'],
    ['in the next year', '2025-12-31T22:59:59.999Z', 'Europe/Berlin', '2025-12-31T23:00:00.000Z'],
    ['after 23 hours, when clocks go forward', '2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['after 25 hours, when clocks go back', '2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['after 23 hours in New York', '2026-03-08T05:00:00Z', 'America/New_York', '2026-03-09T04:00:00.000Z'],
    ['after 25 hours in New York', '2026-11-01T04:00:00Z', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['at 1:00 where midnight does not exist (Brazil)', '2018-11-04T02:30:00Z', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['at 1:00 where midnight does not exist (Egypt)', '2024-04-25T21:59:59.999Z', 'Africa/Cairo', '2024-04-25T22:00:00.000Z'],
    ['once, where 23:00 comes twice (Brazil), seen from the first', '2018-02-18T01:30:00Z', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['once, where 23:00 comes twice (Brazil), seen from the second', '2018-02-18T02:30:00Z', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['two numbers later, where a day was skipped', '2011-12-30T09:00:00Z', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['twice, where clocks went back at 0:01: the first time', '2000-10-29T02:00:00Z', 'America/St_Johns', '2000-10-29T02:30:00.000Z'],
    ['twice, where clocks went back at 0:01: the second time', '2000-10-29T03:00:00Z', 'America/St_Johns', '2000-10-29T03:30:00.000Z'],
  ])('%s', (_, now, zone, expected) => {
    expect(next(now, zone)).toBe(expected)
  })

  test.each(['America/Sao_Paulo', 'Africa/Cairo', 'Pacific/Apia', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Beirut', 'America/Havana', 'America/Nuuk'])(
    'later than now and on another day, through ten years of %s',
    (zone) => {
      let now = at('2004-01-01T00:00:00Z')
      while (now < at('2014-01-01T00:00:00Z')) {
        const start = nextDayStart(now, zone)
        expect(start.getTime()).toBeGreaterThan(now.getTime())
        expect(dayOf(start, zone) > dayOf(now, zone)).toBe(true)
        expect(dayOf(new Date(start.getTime() - 1), zone) < dayOf(start, zone)).toBe(true)
        now = start
      }
    },
  )
})

test.each([
  ['2026-01-01', '2026-01-01', 0],
  ['2025-12-31', '2026-01-01', 1],
  ['2024-02-28', '2024-03-01', 2],
  ['2023-02-28', '2023-03-01', 1],
  ['2026-03-01', '2026-02-28', -1],
  ['2026-01-01', '2027-01-01', 365],
])('from %s to %s it is %i days', (a, b, days) => {
  expect(daysBetween(a, b)).toBe(days)
})
