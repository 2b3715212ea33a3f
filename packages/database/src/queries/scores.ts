import type { Connection } from '../connection.ts'

/** The start of a ranking that has no start. */
export const ALL_TIME_START = '1970-01-01'

export interface ScoreChange {
  readonly userId: string
  /** The server where it was earned; null in a conversation without one. */
  readonly guildId: string | null
  readonly points: number
  /** Monday, YYYY-MM-DD. */
  readonly week: string
  /** The first of the month, YYYY-MM-DD. */
  readonly month: string
}

/** Adds points to the rankings of week and month, everywhere and in the server. All time everywhere stands in users. */
export function addToRankings(db: Connection, { userId, guildId, points, week, month }: ScoreChange): void {
  db.run(
    `INSERT INTO weekly_rankings (user_id, week_start, points) VALUES (?, ?, ?)
     ON CONFLICT (user_id, week_start) DO UPDATE SET points = coalesce(points, 0) + excluded.points`,
    userId, week, points,
  )
  db.run(
    `INSERT INTO monthly_rankings (user_id, month_start, points) VALUES (?, ?, ?)
     ON CONFLICT (user_id, month_start) DO UPDATE SET points = points + excluded.points`,
    userId, month, points,
  )
  if (guildId === null) return
  for (const [period, start] of [['all', ALL_TIME_START], ['week', week], ['month', month]] as const) {
    db.run(
      `INSERT INTO guild_rankings (guild_id, period, start, user_id, points) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (guild_id, period, start, user_id) DO UPDATE SET points = points + excluded.points`,
      guildId, period, start, userId, points,
    )
  }
}
