import type { Connection } from '../connection.ts'

/** A player as lists of a few show them. */
export interface ListedPlayer {
  readonly userId: string
  readonly name: string | null
  readonly points: number
}

/** What is between two players: who asked, and whether the other one has accepted. */
export interface Friendship {
  readonly askedBy: string
  readonly accepted: boolean
}

export interface ListedFriend extends ListedPlayer, Friendship {}

/** All that is between a player and others, friends first, then by name. */
export function friendsOf(db: Connection, userId: string): ListedFriend[] {
  return db
    .all<ListedPlayer & { askedBy: string; accepted: number }>(
      `SELECT CAST(f.other AS TEXT) AS userId, u.name, coalesce(u.total_points, 0) AS points, CAST(f.asked_by AS TEXT) AS askedBy, f.accepted
       FROM (SELECT user_high AS other, asked_by, accepted_at IS NOT NULL AS accepted FROM friendships WHERE user_low = ?
             UNION ALL SELECT user_low, asked_by, accepted_at IS NOT NULL FROM friendships WHERE user_high = ?) AS f
       JOIN users AS u ON u.user_id = f.other ORDER BY f.accepted DESC, u.name COLLATE NOCASE, f.other`,
      userId, userId,
    )
    .map((row) => ({ ...row, accepted: row.accepted === 1 }))
}

export function friendship(db: Connection, one: string, other: string): Friendship | undefined {
  const row = db.get<{ askedBy: string; accepted: number }>(
    'SELECT CAST(asked_by AS TEXT) AS askedBy, accepted_at IS NOT NULL AS accepted FROM friendships WHERE user_low = ? AND user_high = ?',
    ...ordered(one, other),
  )
  return row && { askedBy: row.askedBy, accepted: row.accepted === 1 }
}

/** How many friends a player has, and how many were asked and have not answered. */
export function countFriends(db: Connection, userId: string): { friends: number; asked: number } {
  return db.get<{ friends: number; asked: number }>(
    `SELECT coalesce(sum(accepted_at IS NOT NULL), 0) AS friends, coalesce(sum(accepted_at IS NULL AND asked_by = CAST(? AS INTEGER)), 0) AS asked
     FROM (SELECT accepted_at, asked_by FROM friendships WHERE user_low = ? UNION ALL SELECT accepted_at, asked_by FROM friendships WHERE user_high = ?)`,
    userId, userId, userId,
  ) ?? { friends: 0, asked: 0 }
}

export function askFriend(db: Connection, asker: string, asked: string, at: string): void {
  db.run('INSERT INTO friendships (user_low, user_high, asked_by, asked_at) VALUES (?, ?, ?, ?)', ...ordered(asker, asked), asker, at)
}

export function acceptFriend(db: Connection, one: string, other: string, at: string): void {
  db.run('UPDATE friendships SET accepted_at = ? WHERE user_low = ? AND user_high = ? AND accepted_at IS NULL', at, ...ordered(one, other))
}

/** Ends a friendship or a request. Returns whether there was one. */
export function removeFriend(db: Connection, one: string, other: string): boolean {
  return db.run('DELETE FROM friendships WHERE user_low = ? AND user_high = ?', ...ordered(one, other)) === 1
}

/** A player by id, for lists of a few. */
export function listedPlayer(db: Connection, userId: string): ListedPlayer | undefined {
  return db.get<ListedPlayer>('SELECT CAST(user_id AS TEXT) AS userId, name, coalesce(total_points, 0) AS points FROM users WHERE user_id = ?', userId)
}

/** The smaller id first. As numbers: '9' comes before '10'. */
function ordered(one: string, other: string): [low: string, high: string] {
  return BigInt(one) < BigInt(other) ? [one, other] : [other, one]
}
