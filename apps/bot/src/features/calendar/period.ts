import { Temporal } from 'temporal-polyfill'

// Rankings and the weekly challenge are the same for everybody: weeks and months are UTC's.

/** The Monday of the week (UTC), 'YYYY-MM-DD'. */
export function weekStart(now: Date): string {
  return monday(now).toString()
}

/** When the next week begins: Monday 00:00 UTC, always after `now`. */
export function nextWeekStart(now: Date): Date {
  return midnight(monday(now).add({ weeks: 1 }))
}

/** The first day of the month (UTC), 'YYYY-MM-01'. */
export function monthStart(now: Date): string {
  return utcDay(now).with({ day: 1 }).toString()
}

/** When the next month begins: its first day at 00:00 UTC, always after `now`. */
export function nextMonthStart(now: Date): Date {
  return midnight(utcDay(now).with({ day: 1 }).add({ months: 1 }))
}

function monday(now: Date): Temporal.PlainDate {
  const today = utcDay(now)
  return today.subtract({ days: today.dayOfWeek - 1 })
}

function utcDay(now: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').toPlainDate()
}

function midnight(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime('UTC').epochMilliseconds)
}
