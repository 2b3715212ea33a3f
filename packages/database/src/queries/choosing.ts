import type { Connection, Reader } from '../connection.ts'

/** Which questions may be chosen; null means any. */
export interface QuestionFilter {
  readonly guildId: string | null
  readonly locale: string | null
  readonly difficulty: string | null
  readonly category: string | null
  readonly type: string | null
}

export interface Bucket {
  readonly id: number
  readonly size: number
}

/** What is left of a stretch of a bucket for a channel. */
export interface Pool {
  readonly bucketId: number
  readonly first: number
  readonly size: number
  remaining: number
}

/** The buckets that match, those of everybody and those of the server. */
export function matchingBuckets(db: Reader, { guildId, locale, difficulty, category, type }: QuestionFilter): Bucket[] {
  return db.all<Bucket>(
    `SELECT id, size FROM question_buckets
     WHERE guild_id IN (0, CAST(? AS INTEGER)) AND size > 0 AND locale = coalesce(?, locale) AND difficulty = coalesce(?, difficulty)
       AND category = coalesce(?, category) AND question_type = coalesce(?, question_type)
     ORDER BY id`,
    guildId ?? '0', locale, difficulty, category, type,
  )
}

export function poolsOf(db: Reader, channelId: string): Pool[] {
  return db.all<Pool>('SELECT bucket_id AS bucketId, first, size, remaining FROM channel_pools WHERE channel_id = ? ORDER BY bucket_id, first', channelId)
}

export function savePool(db: Connection, channelId: string, { bucketId, first, size, remaining }: Pool): void {
  db.run(
    `INSERT INTO channel_pools (channel_id, bucket_id, first, size, remaining) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel_id, bucket_id, first) DO UPDATE SET remaining = excluded.remaining`,
    channelId, bucketId, first, size, remaining,
  )
}

/** Forgets what a channel has seen of a bucket. */
export function resetBucket(db: Connection, channelId: string, bucketId: number): void {
  db.run('DELETE FROM channel_draws WHERE channel_id = ? AND bucket_id = ?', channelId, bucketId)
  db.run('DELETE FROM channel_pools WHERE channel_id = ? AND bucket_id = ?', channelId, bucketId)
}

/** The position that a place of a pool's shuffle holds: its own where nothing was moved there. */
export function positionAt(db: Reader, channelId: string, { bucketId, first }: Pool, place: number): number {
  const moved = db.get<{ position: number }>(
    'SELECT position FROM channel_draws WHERE channel_id = ? AND bucket_id = ? AND first = ? AND place = ?',
    channelId, bucketId, first, place,
  )
  return moved?.position ?? first + place
}

export function movePosition(db: Connection, channelId: string, { bucketId, first }: Pool, place: number, position: number): void {
  db.run(
    `INSERT INTO channel_draws (channel_id, bucket_id, first, place, position) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel_id, bucket_id, first, place) DO UPDATE SET position = excluded.position`,
    channelId, bucketId, first, place, position,
  )
}

export function forgetPlace(db: Connection, channelId: string, { bucketId, first }: Pool, place: number): void {
  db.run('DELETE FROM channel_draws WHERE channel_id = ? AND bucket_id = ? AND first = ? AND place = ?', channelId, bucketId, first, place)
}

/** The question at a position, unless it is gone, retired, or hidden in the server. */
export function questionAt(db: Reader, bucketId: number, position: number, guildId: string | null): number | null {
  const row = db.get<{ id: number }>(
    `SELECT s.question_id AS id FROM question_slots AS s JOIN questions AS q ON q.id = s.question_id
     WHERE s.bucket_id = ? AND s.position = ? AND q.state = 'active'
       AND NOT EXISTS (SELECT 1 FROM guild_hidden_questions AS h WHERE h.guild_id = CAST(? AS INTEGER) AND h.question_id = q.id)`,
    bucketId, position, guildId ?? '0',
  )
  return row?.id ?? null
}

/** The last question that was asked in a channel. */
export function lastAskedIn(db: Reader, channelId: string): number | null {
  return db.get<{ id: number | null }>("SELECT question_id AS id FROM game_sessions WHERE channel_id = ? AND question_id IS NOT NULL AND mode IN ('race', 'solo') ORDER BY id DESC LIMIT 1", channelId)?.id ?? null
}

/** Categories with questions, those of everybody and of the server. */
export function categories(db: Reader, guildId: string | null): string[] {
  return db.all<{ category: string }>(
    'SELECT DISTINCT category FROM question_buckets WHERE guild_id IN (0, CAST(? AS INTEGER)) AND size > 0 ORDER BY category COLLATE NOCASE',
    guildId ?? '0',
  ).map(({ category }) => category)
}
