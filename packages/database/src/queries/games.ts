import type { Connection, Reader } from '../connection.ts'

export type GameMode = 'race' | 'solo' | 'daily' | 'weekly'

/** What a running game wants next: ask its next question; wait for answers; show the result; wait to be continued; say how it ended. */
export type GameStep = 'ask' | 'open' | 'reveal' | 'wait' | 'end'

export interface NewGame {
  readonly channelId: string
  readonly guildId: string | null
  readonly hostId: string
  readonly mode: GameMode
  readonly difficulty: string | null
  readonly category: string | null
  readonly questionType: string | null
  readonly rounds: number
  readonly locale: string
  /** The day or Monday of a challenge. */
  readonly challengeDate: string | null
}

export interface RunningGame extends NewGame {
  readonly sessionId: number
  readonly step: GameStep
  readonly roundId: number | null
  readonly dueAt: string
  readonly attempts: number
  /** An interaction's token: lets messages be written that only one player sees. */
  readonly replyToken: string | null
  readonly replyUntil: string | null
}

// The few games that run first: statistics of an empty table could let SQLite go through all sessions instead.
const RUNNING = `SELECT s.id AS sessionId, CAST(s.channel_id AS TEXT) AS channelId, CAST(s.guild_id AS TEXT) AS guildId, CAST(s.user_id AS TEXT) AS hostId,
    s.mode, s.difficulty, s.category, s.question_type AS questionType, s.rounds, s.locale, s.challenge_date AS challengeDate,
    g.step, g.round_id AS roundId, g.due_at AS dueAt, g.attempts, g.reply_token AS replyToken, g.reply_until AS replyUntil
  FROM running_games AS g CROSS JOIN game_sessions AS s ON s.id = g.session_id`

/** The game that a channel is busy with. */
export function gameInChannel(db: Reader, channelId: string): RunningGame | undefined {
  return db.get<RunningGame>(`${RUNNING} WHERE g.busy_channel_id = ?`, channelId)
}

export function runningGame(db: Reader, sessionId: number): RunningGame | undefined {
  return db.get<RunningGame>(`${RUNNING} WHERE g.session_id = ?`, sessionId)
}

/** A player's challenge of a day or a week, whether it goes on or not. */
export function challengeSession(db: Reader, userId: string, mode: 'daily' | 'weekly', date: string): { sessionId: number; isCompleted: boolean } | undefined {
  const row = db.get<{ sessionId: number; done: number | null }>(
    'SELECT id AS sessionId, is_completed AS done FROM game_sessions WHERE user_id = ? AND mode = ? AND challenge_date = ?',
    userId, mode, date,
  )
  return row && { sessionId: row.sessionId, isCompleted: row.done === 1 }
}

/**
 * Starts a game, or returns null where its channel has one already or its player that challenge: unique keys decide.
 */
export function startGame(db: Connection, game: NewGame, at: string): number | null {
  const busy = game.mode === 'race' || game.mode === 'solo' ? game.channelId : null
  if (busy !== null && gameInChannel(db, busy) !== undefined) return null
  const challenge = game.challengeDate === null ? 0 : 1
  const made = db.get<{ id: number }>(
    `INSERT INTO game_sessions (channel_id, guild_id, user_id, mode, difficulty, category, question_type, rounds, locale, challenge_date, is_challenge, is_completed, start_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
     ON CONFLICT (user_id, mode, challenge_date) DO NOTHING RETURNING id`,
    game.channelId, game.guildId, game.hostId, game.mode, game.difficulty, game.category, game.questionType, game.rounds, game.locale, game.challengeDate, challenge, at,
  )
  if (made === undefined) return null
  db.run(`INSERT INTO running_games (session_id, busy_channel_id, guild_id, step, due_at) VALUES (?, ?, ?, 'ask', ?)`, made.id, busy, game.guildId, at)
  return made.id
}

/** Where a game stands now, and when it wants attention. A lease keeps other processes away until then. */
export interface Progress {
  readonly step: GameStep
  readonly roundId: number | null
  readonly dueAt: string
  readonly leaseUntil: string | null
}

/** Attempts are counted for as long as the game stays where it is. */
export function moveGame(db: Connection, sessionId: number, { step, roundId, dueAt, leaseUntil }: Progress): void {
  db.run(
    `UPDATE running_games SET attempts = CASE WHEN step = ? AND round_id IS ? THEN attempts ELSE 0 END, step = ?, round_id = ?, due_at = ?, lease_until = ? WHERE session_id = ?`,
    step, roundId, step, roundId, dueAt, leaseUntil, sessionId,
  )
}

/** What failed will be tried again. */
export function postponeGame(db: Connection, sessionId: number, dueAt: string): void {
  db.run('UPDATE running_games SET due_at = ?, lease_until = NULL, attempts = attempts + 1 WHERE session_id = ?', dueAt, sessionId)
}

export function keepReplyToken(db: Connection, sessionId: number, token: string, until: string): void {
  db.run('UPDATE running_games SET reply_token = ?, reply_until = ? WHERE session_id = ?', token, until, sessionId)
}

export function endGame(db: Connection, sessionId: number, at: string): void {
  db.run('UPDATE game_sessions SET is_completed = 1, end_time = coalesce(end_time, ?) WHERE id = ?', at, sessionId)
  db.run('DELETE FROM running_games WHERE session_id = ?', sessionId)
}

/** The game ends with the round of this number. */
export function shortenGame(db: Connection, sessionId: number, rounds: number): void {
  db.run('UPDATE game_sessions SET rounds = ? WHERE id = ?', rounds, sessionId)
}

/** A player's games that a channel is busy with. */
export function channelGamesOf(db: Reader, userId: string): RunningGame[] {
  return db.all<RunningGame>(`${RUNNING} WHERE s.user_id = ? AND g.busy_channel_id IS NOT NULL`, userId)
}

/** Takes a game back as if it had never been. */
export function dropGame(db: Connection, sessionId: number): void {
  db.run('DELETE FROM game_sessions WHERE id = ?', sessionId)
}

/** Which servers a process cares for: those whose shard is one of its own. */
export interface ShardRange {
  readonly count: number
  readonly ids: readonly number[]
}

/** SQL: whether a server's id belongs to the range. Takes the parameters of `shardParameters`. */
export function inShardsSql(guildId: string): string {
  return `((coalesce(${guildId}, 0) >> 22) % ?) IN (SELECT value FROM json_each(?))`
}

export function shardParameters({ count, ids }: ShardRange): [count: number, ids: string] {
  return [count, JSON.stringify(ids)]
}

/** SQL: whether a game `g` wants attention that nobody gives it. Takes the moment twice, then the shards. */
const DUE = `g.due_at <= ? AND (g.lease_until IS NULL OR g.lease_until <= ?) AND ${inShardsSql('g.guild_id')}`

/** The games that want attention and that nobody attends to. */
export function dueGames(db: Reader, now: string, shards: ShardRange, limit: number): RunningGame[] {
  return db.all<RunningGame>(`${RUNNING} WHERE ${DUE} ORDER BY g.due_at LIMIT ?`, now, now, ...shardParameters(shards), limit)
}

/** Whether a game wants attention. */
export function anyDue(db: Reader, now: string, shards: ShardRange): boolean {
  return db.get(`SELECT 1 FROM running_games AS g WHERE ${DUE} LIMIT 1`, now, now, ...shardParameters(shards)) !== undefined
}

export function runningGames(db: Reader, shards: ShardRange): RunningGame[] {
  return db.all<RunningGame>(`${RUNNING} WHERE ${inShardsSql('g.guild_id')}`, ...shardParameters(shards))
}

/** Ends what the older system, which kept its games in memory, left open. Returns how many. */
export function endAbandonedSessions(db: Connection, at: string): number {
  return db.run(
    `UPDATE game_sessions SET is_completed = 1, end_time = coalesce(end_time, ?)
     WHERE is_completed = 0 AND NOT EXISTS (SELECT 1 FROM running_games AS g WHERE g.session_id = game_sessions.id)`,
    at,
  )
}

/** Gives attention that a process was giving when it died back to all: its leases end now. */
export function releaseLeases(db: Connection, shards: ShardRange): number {
  return db.run(`UPDATE running_games SET lease_until = NULL WHERE lease_until IS NOT NULL AND ${inShardsSql('guild_id')}`, ...shardParameters(shards))
}
