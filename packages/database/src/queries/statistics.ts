import type { Reader } from '../connection.ts'
import { hasFeature } from './schema.ts'

/** What is known of a player beside the numbers of the game. */
export interface PlayerCard {
  readonly name: string | null
  readonly theme: string | null
  readonly createdAt: string | null
}

export function playerCard(db: Reader, userId: string): PlayerCard | undefined {
  return db.get<PlayerCard>(
    `SELECT u.name, p.theme, u.created_at AS createdAt FROM users AS u LEFT JOIN user_preferences AS p ON p.user_id = u.user_id WHERE u.user_id = ?`,
    userId,
  )
}

/** A player's answers as far as there are rows of them. */
export interface AnswerTotals {
  readonly answered: number
  /** Milliseconds; null where no time is known. */
  readonly average: number | null
}

export function answerTotals(db: Reader, userId: string): AnswerTotals {
  return db.get<AnswerTotals>('SELECT count(*) AS answered, avg(milliseconds) AS average FROM answers WHERE user_id = ?', userId) ?? { answered: 0, average: null }
}

/** The most points of a week that a player ever had; null without one. Old weeks are in the archive, where there is one. */
export function bestWeek(db: Reader, userId: string): number | null {
  const best = (table: string): number | null => db.get<{ points: number | null }>(`SELECT max(points) AS points FROM ${table} WHERE user_id = ?`, userId)?.points ?? null
  const [now, old] = [best('weekly_rankings'), hasFeature(db, 'archives') ? best('weekly_rankings_archive') : null]
  return now === null || old === null ? now ?? old : Math.max(now, old)
}

export interface WeekCount {
  /** Monday, YYYY-MM-DD, UTC. */
  readonly week: string
  readonly answered: number
  readonly right: number
}

/** A player's answers since a moment by week; weeks without any are left out. */
export function answersByWeek(db: Reader, userId: string, since: string): WeekCount[] {
  return db.all<WeekCount>(
    `SELECT date(substr(answered_at, 1, 10), 'weekday 0', '-6 days') AS week, count(*) AS answered, sum(is_correct) AS right
     FROM answers WHERE user_id = ? AND answered_at >= ? GROUP BY 1 ORDER BY 1`,
    userId, since,
  )
}

export interface KindCount {
  readonly difficulty: string
  readonly category: string
  readonly answered: number
  readonly right: number
}

/** A player's answers by difficulty and category. Counted by question first, so that each question is looked up once. */
export function answersByKind(db: Reader, userId: string): KindCount[] {
  return db.all<KindCount>(
    `SELECT q.difficulty, q.category, sum(c.answered) AS answered, sum(c.right) AS right
     FROM (SELECT question_id, count(*) AS answered, sum(is_correct) AS right FROM answers WHERE user_id = ? AND question_id IS NOT NULL GROUP BY question_id) AS c
     JOIN questions AS q ON q.id = c.question_id GROUP BY q.difficulty, q.category`,
    userId,
  )
}

/** What a player has unlocked, ids of older databases included. */
export function unlockedAchievements(db: Reader, userId: string): { id: string; at: string | null }[] {
  return db.all('SELECT achievement_id AS id, unlocked_at AS at FROM user_achievements WHERE user_id = ? ORDER BY unlocked_at, id', userId)
}
