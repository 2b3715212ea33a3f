import { daysBetween } from '../calendar/index.ts'

/** Right answers in a row, and the longest such row. */
export interface Streak {
  readonly current: number
  readonly best: number
}

/** The streak after one more answer: one longer, or over. The best one never shrinks. */
export function nextStreak({ current, best }: Streak, right: boolean): Streak {
  const next = right ? current + 1 : 0
  return { current: next, best: Math.max(best, next) }
}

/** Consecutive days with at least one answer, in the player's time zone. */
export interface DayStreak {
  readonly days: number
  readonly best: number
  /** The day of the last answer, 'YYYY-MM-DD', or null before the first. */
  readonly lastDay: string | null
}

/**
 * The row of days after an answer today. A second answer of the same day changes nothing; nor does a day before
 * the last one, which comes from moving to a time zone further west and must not cost the row.
 *
 * @param today 'YYYY-MM-DD' in the player's time zone
 */
export function nextDayStreak(streak: DayStreak, today: string): DayStreak {
  const { days, best, lastDay } = streak
  const passed = lastDay === null ? Infinity : daysBetween(lastDay, today)
  if (passed <= 0) return streak
  const next = passed === 1 ? days + 1 : 1
  return { days: next, best: Math.max(best, next), lastDay: today }
}
