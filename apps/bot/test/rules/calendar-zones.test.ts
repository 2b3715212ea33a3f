import { describe, expect, test } from 'vitest'
import { canonicalZone, dayOf, isZone, searchZones } from '../../src/features/calendar/index.ts'

describe('names of zones', () => {
  test.each([
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/SAO_PAULO', 'America/Sao_Paulo'],
    [' America/New York ', 'America/New_York'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/kolkata', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('%j is %s', (typed, zone) => {
    expect(canonicalZone(typed)).toBe(zone)
    expect(isZone(typed)).toBe(true)
  })

  test.each(['', ' ', 'Berlin', 'Europe/Atlantis', '+02:00', '-0330', 'Z', 'Europe/Berlin[u-ca=iso8601]', '2026-01-01T00:00Z', '../etc/passwd', 'x'.repeat(5000), 'Europe/Ber\u0000lin'])('%j is none', (typed) => {
    expect(canonicalZone(typed)).toBeNull()
    expect(isZone(typed)).toBe(false)
  })
})

describe('looking for a zone', () => {
  test('a city that begins so comes first, then one that contains it', () => {
    expect(searchZones('ber')[0]).toBe('Europe/Berlin')
    expect(searchZones('york')[0]).toBe('America/New_York')
    expect(searchZones('lon')[0]).toBe('Europe/London')
  })

  test.each([
    ['São Pau', 'America/Sao_Paulo'],
    ['bogotá', 'America/Bogota'],
    ['zürich', 'Europe/Zurich'],
    ['new york', 'America/New_York'],
    ['NEW_YORK', 'America/New_York'],
    ['port au prince', 'America/Port-au-Prince'],
    ['kolk', 'Asia/Kolkata'],
    ['calcutta', 'Asia/Kolkata'],
    ['kiev', 'Europe/Kyiv'],
    ['utc', 'UTC'],
    ['buenos', 'America/Argentina/Buenos_Aires'],
    ['europe/ber', 'Europe/Berlin'],
  ])('%s finds %s', (typed, zone) => {
    expect(searchZones(typed)[0]).toBe(zone)
  })

  test('at most 25, or as many as told, none twice, and every one can be chosen', () => {
    for (const typed of ['', 'a', 'america', 'e']) {
      const found = searchZones(typed)
      expect(found).toHaveLength(25)
      expect(new Set(found).size).toBe(25)
      for (const zone of found) expect(canonicalZone(zone)).toBe(zone)
    }
    expect(searchZones('america', 3)).toHaveLength(3)
    expect(searchZones('nowhere')).toEqual([])
  })

  test('every zone of the list has days', () => {
    const all = searchZones('/', 1000)
    expect(all.length).toBeGreaterThan(400)
    for (const zone of all) {
      expect(canonicalZone(zone)).toBe(zone)
      expect(dayOf(new Date('2026-06-01T12:00:00Z'), zone)).toMatch(/^2026-0[56]-\d\d$/)
    }
  })
})
