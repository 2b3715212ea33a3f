import type { Connection } from '../connection.ts'
import type { ListedPlayer } from './friends.ts'

/** A group of players who share a code. */
export interface Group {
  readonly id: number
  readonly name: string
  readonly code: string
  readonly ownerId: string
  readonly members: number
}

const GROUP = `SELECT g.id, g.name, g.code, CAST(g.owner_id AS TEXT) AS ownerId,
    (SELECT count(*) FROM player_group_members AS c WHERE c.group_id = g.id) AS members
  FROM player_groups AS g`

/** A player's groups by name. */
export function groupsOf(db: Connection, userId: string): Group[] {
  return db.all<Group>(
    `${GROUP} JOIN player_group_members AS m ON m.group_id = g.id WHERE m.user_id = ? ORDER BY g.name COLLATE NOCASE, g.id`,
    userId,
  )
}

export function groupByCode(db: Connection, code: string): Group | undefined {
  return db.get<Group>(`${GROUP} WHERE g.code = ?`, code)
}

export function isMember(db: Connection, groupId: number, userId: string): boolean {
  return db.get('SELECT 1 FROM player_group_members WHERE group_id = ? AND user_id = ?', groupId, userId) !== undefined
}

export function createGroup(db: Connection, group: { name: string; code: string; ownerId: string; at: string }): number {
  return db.insert('INSERT INTO player_groups (name, code, owner_id, created_at) VALUES (?, ?, ?, ?)', group.name, group.code, group.ownerId, group.at)
}

export function addMember(db: Connection, groupId: number, userId: string, at: string): void {
  db.run('INSERT INTO player_group_members (group_id, user_id, joined_at) VALUES (?, ?, ?)', groupId, userId, at)
}

export function removeMember(db: Connection, groupId: number, userId: string): void {
  db.run('DELETE FROM player_group_members WHERE group_id = ? AND user_id = ?', groupId, userId)
}

/** Whoever is a member for the longest time. */
export function longestMember(db: Connection, groupId: number): ListedPlayer | undefined {
  return db.get<ListedPlayer>(
    `SELECT CAST(m.user_id AS TEXT) AS userId, u.name, coalesce(u.total_points, 0) AS points
     FROM player_group_members AS m JOIN users AS u ON u.user_id = m.user_id WHERE m.group_id = ? ORDER BY m.joined_at, m.user_id LIMIT 1`,
    groupId,
  )
}

export function giveGroup(db: Connection, groupId: number, ownerId: string): void {
  db.run('UPDATE player_groups SET owner_id = ? WHERE id = ?', ownerId, groupId)
}

export function deleteGroup(db: Connection, groupId: number): void {
  db.run('DELETE FROM player_groups WHERE id = ?', groupId)
}

export function groupMembers(db: Connection, groupId: number): ListedPlayer[] {
  return db.all<ListedPlayer>(
    `SELECT CAST(m.user_id AS TEXT) AS userId, u.name, coalesce(u.total_points, 0) AS points
     FROM player_group_members AS m JOIN users AS u ON u.user_id = m.user_id WHERE m.group_id = ? ORDER BY m.joined_at, m.user_id`,
    groupId,
  )
}

/** Groups that a player owns, member or not. */
export function ownedGroups(db: Connection, userId: string): number[] {
  return db.all<{ id: number }>('SELECT id FROM player_groups WHERE owner_id = ?', userId).map(({ id }) => id)
}
