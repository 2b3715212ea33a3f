import { Temporal } from 'temporal-polyfill'

/** The day of a moment in UTC: 2026-11-23. */
export function dayOf(time: string): string {
  return at(time).toPlainDate().toString()
}

/** The ISO week of a moment in UTC, with the year that it belongs to: 2026-W48. */
export function weekOf(time: string): string {
  const { yearOfWeek, weekOfYear } = at(time)
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

/** The month of a moment in UTC: 2026-11. */
export function monthOf(time: string): string {
  return at(time).toPlainDate().toPlainYearMonth().toString()
}

function at(time: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(time).toZonedDateTimeISO('UTC')
}
