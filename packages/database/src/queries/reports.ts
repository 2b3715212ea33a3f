import type { Connection } from '../connection.ts'

export interface NewReport {
  readonly questionId: number
  readonly userId: string
  readonly guildId: string | null
  readonly reason: string
}

/** Returns false where the player has reported the question already. */
export function addReport(db: Connection, { questionId, userId, guildId, reason }: NewReport, at: string): boolean {
  return db.run(
    `INSERT INTO question_reports (question_id, user_id, guild_id, reason, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (question_id, user_id) DO NOTHING`,
    questionId, userId, guildId, reason, at,
  ) === 1
}

/** A question with open reports, as a server's admins see it. */
export interface ReportedQuestion {
  readonly questionId: number
  readonly text: string
  readonly answer: string
  /** Whether it belongs to the server, and so to its admins. */
  readonly own: boolean
  readonly reports: number
  /** A JSON list of reasons. */
  readonly reasons: string
}

/** Questions that were reported in a server and not yet dealt with there, the most reported first. */
export function reportedQuestions(db: Connection, guildId: string, limit: number): ReportedQuestion[] {
  return db
    .all<Omit<ReportedQuestion, 'own'> & { own: number }>(
      `SELECT q.id AS questionId, q.question_text AS text, q.correct_answer AS answer, q.guild_id = r.guild_id AS own,
         count(*) AS reports, json_group_array(r.reason) AS reasons
       FROM question_reports AS r JOIN questions AS q ON q.id = r.question_id
       WHERE r.guild_id = ? AND r.resolved_at IS NULL GROUP BY q.id ORDER BY reports DESC, min(r.id) LIMIT ?`,
      guildId, limit,
    )
    .map((row) => ({ ...row, own: row.own === 1 }))
}

/** Returns how many reports that closed. Other servers' reports of the question stay open. */
export function resolveReports(db: Connection, guildId: string, questionId: number, at: string): number {
  return db.run('UPDATE question_reports SET resolved_at = ? WHERE guild_id = ? AND question_id = ? AND resolved_at IS NULL', at, guildId, questionId)
}
