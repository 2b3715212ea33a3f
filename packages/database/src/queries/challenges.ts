import type { Connection, Reader } from '../connection.ts'

/** The question of a day or a week that was chosen for a number from 1. */
export function challengeQuestion(db: Reader, kind: 'daily' | 'weekly', start: string, number: number): number | null {
  return db.get<{ id: number }>('SELECT question_id AS id FROM challenge_questions WHERE kind = ? AND start = ? AND number = ?', kind, start, number)?.id ?? null
}

export function addChallengeQuestion(db: Connection, kind: 'daily' | 'weekly', start: string, number: number, questionId: number): void {
  db.run('INSERT INTO challenge_questions (kind, start, number, question_id) VALUES (?, ?, ?, ?) ON CONFLICT (kind, start, number) DO UPDATE SET question_id = excluded.question_id', kind, start, number, questionId)
}

/** When a player last did a challenge, as the older system and this one keep it: YYYY-MM-DD. */
export function lastChallenge(db: Reader, userId: string, kind: 'daily' | 'weekly'): string | null {
  const column = kind === 'daily' ? 'daily_challenge_completed' : 'weekly_challenge_completed'
  return db.get<{ day: string | null }>(`SELECT substr(${column}, 1, 10) AS day FROM users WHERE user_id = ?`, userId)?.day ?? null
}

export function challengeDone(db: Connection, userId: string, kind: 'daily' | 'weekly', day: string): void {
  const column = kind === 'daily' ? 'daily_challenge_completed' : 'weekly_challenge_completed'
  db.run(`UPDATE users SET ${column} = ? WHERE user_id = ?`, day, userId)
}
