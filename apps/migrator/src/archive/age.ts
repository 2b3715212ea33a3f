import { Temporal } from 'temporal-polyfill'
import { type MigratorError, usage } from '../errors.ts'

/** What is younger is still played, counted or looked at: the present week above all. */
const LEAST_DAYS = 7
const UNITS = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const

/**
 * The day before which things are old, YYYY-MM-DD in UTC, from an age such as 30d, 12w, 6m or 2y, or from the day itself.
 *
 * @throws MigratorError WRONG_USAGE (exit 2) for what is neither, and for a day that is too near
 */
export function olderThan(text: string, now: Date): string {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').toPlainDate()
  const day = dayFrom(text, today)
  if (Temporal.PlainDate.compare(day, today.subtract({ days: LEAST_DAYS })) > 0) {
    throw nonsense(`--older-than ${text} is too near.`, `It has to be at least ${LEAST_DAYS} days ago: younger games and rankings are still needed.`)
  }
  return day.toString()
}

function dayFrom(text: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const [, amount, unit] = /^([1-9]\d{0,4})([dwmy])$/.exec(text) ?? []
  try {
    if (amount !== undefined && unit !== undefined) return today.subtract({ [UNITS[unit as keyof typeof UNITS]]: Number(amount) })
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text)
  } catch {
    // No such day, or one before all calendars.
  }
  throw nonsense(`--older-than ${text} is neither an age nor a day.`, 'An age is a number with d, w, m or y for days, weeks, months or years; a day is YYYY-MM-DD.')
}

function nonsense(what: string, why: string): MigratorError {
  return usage({ code: 'WRONG_USAGE', what, why, next: 'For example "migrator archive --older-than 6m" or "migrator archive --older-than 2026-01-01".' })
}
