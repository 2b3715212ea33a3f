import { Temporal } from 'temporal-polyfill'

/**
 * The calendar day that a player's clock shows.
 *
 * @param zone an IANA name as `canonicalZone` returns it
 * @returns 'YYYY-MM-DD'
 * @throws RangeError where the zone is unknown
 */
export function dayOf(now: Date, zone: string): string {
  return inZone(now, zone).toPlainDate().toString()
}

/**
 * The first instant after `now` at which the player's next day has begun. That is not always midnight (clocks
 * may go forward at midnight), nor always the next number (Apia had no 30 December 2011).
 *
 * @throws RangeError where the zone is unknown
 */
export function nextDayStart(now: Date, zone: string): Date {
  const tomorrow = inZone(now, zone).toPlainDate().add({ days: 1 })
  const first = tomorrow.toZonedDateTime(zone).epochMilliseconds
  if (first > now.getTime()) return new Date(first)
  // Where clocks go back shortly after midnight (St. John's until 2011) yesterday returns, and its end comes twice.
  const second = tomorrow.toPlainDateTime().toZonedDateTime(zone, { disambiguation: 'later' })
  return new Date(second.epochMilliseconds)
}

/** Whole days from one 'YYYY-MM-DD' to another; negative where `b` is the earlier one. */
export function daysBetween(a: string, b: string): number {
  return Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b), { largestUnit: 'day' }).days
}

function inZone(now: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
}
