import { type Connection, count, quoteText } from '../sqlite/connection.ts'

/**
 * SQL: which sessions are old. Only those that have ended, and that nothing is going on in. A time that is no text
 * cannot be compared with one: such a session stays.
 */
export function oldSessions(day: string): string {
  return `is_completed = 1 AND typeof(start_time) = 'text' AND start_time < ${quoteText(day)}
    AND NOT EXISTS (SELECT 1 FROM running_games AS g WHERE g.session_id = game_sessions.id)`
}

/** SQL: which rows of weekly_rankings are old: those of weeks that began before that day. */
export function oldRankings(day: string): string {
  return `typeof(week_start) = 'text' AND week_start < ${quoteText(day)}`
}

/** Rows that wait to be archived. Rounds and answers' links go with their sessions. */
export interface OldRows {
  readonly sessions: number
  readonly rankings: number
}

/** Counts what is old. */
export function countOldRows(connection: Connection, day: string): OldRows {
  return {
    sessions: count(connection, `SELECT count(*) FROM game_sessions WHERE ${oldSessions(day)}`),
    rankings: count(connection, `SELECT count(*) FROM weekly_rankings WHERE ${oldRankings(day)}`),
  }
}
