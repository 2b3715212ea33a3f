import type { Connection } from '@trivia/database/connection'
import { answersByWeek, type WeekCount } from '@trivia/database/queries'
import { weekStart } from '../calendar/index.ts'

/** So many weeks make a picture. */
const WEEKS = 8
const DAY = 24 * 3_600_000

/** A player's last eight weeks, oldest first, the empty ones included. Weeks are UTC's, as in the rankings. */
export function lastWeeks(db: Connection, userId: string, now: number): WeekCount[] {
  const thisWeek = Date.parse(`${weekStart(new Date(now))}T00:00:00Z`)
  const starts = Array.from({ length: WEEKS }, (_, index) => new Date(thisWeek - (WEEKS - 1 - index) * 7 * DAY).toISOString().slice(0, 10))
  const counted = new Map(answersByWeek(db, userId, `${starts[0] ?? ''}T00:00:00.000+00:00`).map((each) => [each.week, each]))
  return starts.map((week) => counted.get(week) ?? { week, answered: 0, right: 0 })
}
