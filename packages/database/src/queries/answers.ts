import type { Connection, Reader } from '../connection.ts'

export interface NewAnswer {
  readonly roundId: number
  readonly userId: string
  readonly questionId: number | null
  readonly guildId: string | null
  /** What was chosen or typed. */
  readonly given: string
  readonly right: boolean
  readonly points: number
  readonly milliseconds: number
  readonly at: string
}

/** Records a player's answer to a round. Returns false, and changes nothing, where there is one already. */
export function recordAnswer(db: Connection, answer: NewAnswer): boolean {
  return db.run(
    `INSERT INTO answers (round_id, user_id, question_id, guild_id, given, is_correct, points, milliseconds, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (round_id, user_id) DO NOTHING`,
    answer.roundId, answer.userId, answer.questionId, answer.guildId, answer.given, answer.right ? 1 : 0, answer.points, answer.milliseconds, answer.at,
  ) === 1
}

export function answerOf(db: Reader, roundId: number, userId: string): { given: string | null; right: boolean } | undefined {
  const row = db.get<{ given: string | null; right: number }>('SELECT given, is_correct AS right FROM answers WHERE round_id = ? AND user_id = ?', roundId, userId)
  return row && { given: row.given, right: row.right === 1 }
}

/** How often a question was answered, and how often rightly. */
export function countForQuestion(db: Connection, questionId: number, right: boolean): void {
  db.run('UPDATE questions SET times_asked = coalesce(times_asked, 0) + 1, times_correct = coalesce(times_correct, 0) + ? WHERE id = ?', right ? 1 : 0, questionId)
}

export interface RoundAnswer {
  readonly userId: string
  readonly name: string | null
  readonly given: string | null
  readonly right: boolean
  readonly points: number
  readonly milliseconds: number
}

/** The answers to a round, the fastest first. */
export function answersOf(db: Reader, roundId: number): RoundAnswer[] {
  return db
    .all<Omit<RoundAnswer, 'right'> & { right: number }>(
      `SELECT CAST(a.user_id AS TEXT) AS userId, u.name, a.given, a.is_correct AS right, a.points, a.milliseconds
       FROM answers AS a JOIN users AS u ON u.user_id = a.user_id WHERE a.round_id = ? ORDER BY a.milliseconds, a.id`,
      roundId,
    )
    .map((row) => ({ ...row, right: row.right === 1 }))
}

export interface Standing {
  readonly userId: string
  readonly name: string | null
  readonly points: number
  readonly right: number
  readonly answered: number
}

/** A game's players, the best first. */
export function standingsOf(db: Reader, sessionId: number): Standing[] {
  return db.all<Standing>(
    `SELECT CAST(a.user_id AS TEXT) AS userId, u.name, sum(a.points) AS points, sum(a.is_correct) AS right, count(*) AS answered
     FROM game_rounds AS r JOIN answers AS a ON a.round_id = r.id JOIN users AS u ON u.user_id = a.user_id
     WHERE r.session_id = ? GROUP BY a.user_id ORDER BY points DESC, right DESC, sum(a.milliseconds)`,
    sessionId,
  )
}
