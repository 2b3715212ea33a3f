import type { SeededRandom } from '../seeded-random.ts'

/** When the older system was in use, in milliseconds. */
const FIRST = Date.UTC(2025, 6, 20)
const LAST = Date.UTC(2026, 9, 30)
const DAY = 86_400_000

/** A moment while the older system was in use. */
export function randomMoment(random: SeededRandom): number {
  return FIRST + Math.floor((random.next() * (LAST - FIRST)) / 1000) * 1000
}

/** As the older system writes a moment: YYYY-MM-DD HH:MM:SS. */
export function legacyTime(moment: number): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ')
}

/** A player's local time, as Python's datetime.now() gives it: mostly with microseconds. */
export function legacyUserTime(moment: number, random: SeededRandom): string {
  return random.chance(0.6) ? `${legacyTime(moment)}.${String(random.integer(1, 999_999)).padStart(6, '0')}` : legacyTime(moment)
}

/** A day. */
export function legacyDate(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10)
}

/** The Monday that is so many weeks before the older system's last one. */
export function monday(weeksBefore: number): string {
  const last = LAST - ((new Date(LAST).getUTCDay() + 6) % 7) * DAY
  return legacyDate(last - weeksBefore * 7 * DAY)
}
