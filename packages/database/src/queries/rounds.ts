import type { Connection, Reader } from '../connection.ts'
import type { GameMode, GameStep } from './games.ts'

/** A round with its question and its game, as judging an answer and drawing a message need it. */
export interface Round {
  readonly roundId: number
  readonly sessionId: number
  readonly number: number
  readonly rounds: number
  readonly mode: GameMode
  readonly hostId: string
  readonly channelId: string
  readonly guildId: string | null
  readonly locale: string
  readonly challengeDate: string | null
  readonly messageId: string | null
  /** What a right answer is worth. */
  readonly points: number
  readonly askedAt: string
  readonly deadline: string
  readonly closedAt: string | null
  readonly winnerId: string | null
  /** A JSON list: the options in the order in which they are shown. */
  readonly options: string
  /** Null when the game is over. */
  readonly step: GameStep | null
  readonly questionId: number | null
  readonly text: string | null
  readonly type: 'multiple_choice' | 'true_false' | 'fill_blank' | null
  readonly difficulty: 'easy' | 'medium' | 'hard' | null
  readonly category: string | null
  readonly answer: string | null
  readonly variations: string | null
  readonly explanation: string | null
  readonly questionLocale: string | null
  readonly source: string | null
  readonly licence: string | null
  readonly author: string | null
}

export function roundWithQuestion(db: Reader, roundId: number): Round | undefined {
  return db.get<Round>(
    `SELECT r.id AS roundId, r.session_id AS sessionId, r.number, s.rounds, s.mode, CAST(s.user_id AS TEXT) AS hostId, CAST(s.channel_id AS TEXT) AS channelId,
       CAST(s.guild_id AS TEXT) AS guildId, s.locale, s.challenge_date AS challengeDate, CAST(r.message_id AS TEXT) AS messageId, r.points,
       r.asked_at AS askedAt, r.deadline, r.closed_at AS closedAt, CAST(r.winner_id AS TEXT) AS winnerId, r.options, g.step,
       q.id AS questionId, q.question_text AS text, q.question_type AS type, q.difficulty, q.category, q.correct_answer AS answer,
       q.answer_variations AS variations, q.explanation, q.locale AS questionLocale, q.source, q.licence, q.author
     FROM game_rounds AS r JOIN game_sessions AS s ON s.id = r.session_id
     LEFT JOIN running_games AS g ON g.session_id = r.session_id AND g.round_id = r.id
     LEFT JOIN questions AS q ON q.id = r.question_id
     WHERE r.id = ?`,
    roundId,
  )
}

export interface NewRound {
  readonly sessionId: number
  readonly number: number
  readonly questionId: number
  readonly options: readonly string[]
  readonly points: number
  readonly askedAt: string
  readonly deadline: string
}

export function startRound(db: Connection, round: NewRound): number {
  const id = db.insert(
    'INSERT INTO game_rounds (session_id, number, question_id, options, points, asked_at, deadline) VALUES (?, ?, ?, ?, ?, ?, ?)',
    round.sessionId, round.number, round.questionId, JSON.stringify(round.options), round.points, round.askedAt, round.deadline,
  )
  db.run('UPDATE game_sessions SET question_id = ? WHERE id = ?', round.questionId, round.sessionId)
  return id
}

/** A round that has not been seen yet gets its whole time again. */
export function renewRound(db: Connection, roundId: number, askedAt: string, deadline: string): void {
  db.run('UPDATE game_rounds SET asked_at = ?, deadline = ? WHERE id = ? AND closed_at IS NULL', askedAt, deadline, roundId)
}

export function roundPosted(db: Connection, roundId: number, messageId: string): void {
  db.run('UPDATE game_rounds SET message_id = ? WHERE id = ?', messageId, roundId)
}

/** Returns whether this call closed it: of several, one does. */
export function closeRound(db: Connection, roundId: number, at: string): boolean {
  return db.run('UPDATE game_rounds SET closed_at = ? WHERE id = ? AND closed_at IS NULL', at, roundId) === 1
}

/** Returns whether the player is the first. */
export function winRound(db: Connection, roundId: number, userId: string): boolean {
  return db.run('UPDATE game_rounds SET winner_id = ? WHERE id = ? AND winner_id IS NULL', userId, roundId) === 1
}

export function roundsOf(db: Reader, sessionId: number): { roundId: number; number: number; closedAt: string | null }[] {
  return db.all('SELECT id AS roundId, number, closed_at AS closedAt FROM game_rounds WHERE session_id = ? ORDER BY number', sessionId)
}

/** How many of a game's last rounds had no answer. */
export function silentRounds(db: Reader, sessionId: number): number {
  return db.get<{ count: number }>(
    `SELECT count(*) AS count FROM game_rounds AS r WHERE r.session_id = ? AND r.number > coalesce(
       (SELECT max(a.number) FROM game_rounds AS a WHERE a.session_id = r.session_id AND EXISTS (SELECT 1 FROM answers AS b WHERE b.round_id = a.id)), 0)`,
    sessionId,
  )?.count ?? 0
}
