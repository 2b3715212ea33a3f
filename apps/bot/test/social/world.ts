import { Connection, storedTime } from '@trivia/database/connection'
import { scratchFolder, seededRandom, structureSql } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import type { GameContext } from '../../src/features/game/index.ts'

/** A Monday at noon, UTC. */
export const NOON = Date.parse('2026-11-23T12:00:00Z')
export const WEEK = '2026-11-23'
export const MONTH = '2026-11-01'
/** Above 2^53, as real ids are. */
export const SERVER = '1100000000000000001'

export interface World extends Disposable {
  readonly path: string
  readonly db: Connection
  readonly context: GameContext
  /** The same world at another moment. */
  later(milliseconds: number): GameContext
}

/** An id like Discord's, from a small number. */
export function id(number: number): string {
  return String(1_200_000_000_000_000_000n + BigInt(number))
}

/** A new database of the newest version, with its features' context. */
export function createWorld(): World {
  const folder = scratchFolder()
  const path = folder.file('trivia.db')
  const raw = new Sqlite(path)
  raw.exec(structureSql())
  raw.close()
  const db = new Connection({ path })
  db.raw.pragma('synchronous = OFF')
  const random = seededRandom(7)
  const at = (now: number): GameContext => ({ db, now, random: () => random.next() })
  return { path, db, context: at(NOON), later: (milliseconds) => at(NOON + milliseconds), [Symbol.dispose]: () => { db.close(); folder.remove() } }
}

export function addPlayer(db: Connection, number: number, points = 0, name: string | null = `Player ${number}`): string {
  db.run('INSERT INTO users (user_id, name, total_points, created_at) VALUES (?, ?, ?, ?)', id(number), name, points, storedTime(NOON))
  return id(number)
}

export function addQuestion(db: Connection, difficulty: string, category: string): number {
  return db.insert(`INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer) VALUES ('?', 'fill_blank', ?, ?, 'x')`, difficulty, category)
}

export function addAnswer(db: Connection, userId: string, questionId: number | null, right: boolean, at: number, milliseconds = 4_000): void {
  db.run(
    'INSERT INTO answers (user_id, question_id, given, is_correct, points, milliseconds, answered_at) VALUES (?, ?, ?, ?, 0, ?, ?)',
    userId, questionId, 'x', right ? 1 : 0, milliseconds, storedTime(at),
  )
}
