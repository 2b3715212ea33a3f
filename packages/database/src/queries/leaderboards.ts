import type { Parameter, Reader } from '../connection.ts'
import { ALL_TIME_START } from './scores.ts'

/** A list of players by points. A start is the Monday of a week or the first of a month. */
export type Board =
  | { readonly kind: 'all' }
  | { readonly kind: 'week' | 'month'; readonly start: string }
  | { readonly kind: 'guild'; readonly guildId: string; readonly period: 'all' | 'week' | 'month'; readonly start: string }

/** A place between two players of a board: behind so many points and, among equals, this row. */
export interface BoardCursor {
  readonly points: number
  readonly row: number
}

export interface BoardPlayer extends BoardCursor {
  readonly userId: string
  readonly name: string | null
}

/** Where a board's players stand. What follows `FROM` and `WHERE` is fixed text, so that statements are prepared once. */
interface Source {
  readonly counts: string
  readonly table: string
  readonly points: string
  readonly where: string
  readonly parameters: readonly Parameter[]
}

/** A server's all-time board has a start too: its ranking has one. */
export function guildBoard(guildId: string, period: 'all' | 'week' | 'month', start: string | null): Board {
  return { kind: 'guild', guildId, period, start: period === 'all' || start === null ? ALL_TIME_START : start }
}

/** How many players have points. */
export function boardSize(db: Reader, board: Board): number {
  return db.get<{ players: number }>('SELECT coalesce(sum(players), 0) AS players FROM rank_counts WHERE board = ? AND width = 1024', sourceOf(board).counts)?.players ?? 0
}

/** How many players have more points: a sum of counts, however many players there are. */
export function playersAbove(db: Reader, board: Board, points: number): number {
  const { counts } = sourceOf(board)
  const coarse = Math.floor(points / 1024)
  return db.get<{ players: number }>(
    `SELECT (SELECT coalesce(sum(players), 0) FROM rank_counts WHERE board = ? AND width = 1024 AND bucket > ?)
       + (SELECT coalesce(sum(players), 0) FROM rank_counts WHERE board = ? AND width = 1 AND bucket > ? AND bucket < ?) AS players`,
    counts, coarse, counts, points, (coarse + 1) * 1024,
  )?.players ?? 0
}

/** How many players have exactly so many points. */
export function playersWith(db: Reader, board: Board, points: number): number {
  return db.get<{ players: number }>('SELECT players FROM rank_counts WHERE board = ? AND width = 1 AND bucket = ?', sourceOf(board).counts, points)?.players ?? 0
}

/** Players with equal points, and how many have more. */
export interface Equals {
  readonly points: number
  readonly above: number
  readonly equals: number
}

/** Those among whom the player stands who has `offset` others before; null behind the last. */
export function pointsAt(db: Reader, board: Board, offset: number): Equals | null {
  const { counts } = sourceOf(board)
  const list = (from: number, to: number, width: 1 | 1024): { bucket: number; players: number }[] =>
    db.all('SELECT bucket, players FROM rank_counts WHERE board = ? AND width = ? AND bucket BETWEEN ? AND ? ORDER BY bucket DESC', counts, width, from, to)
  let above = 0
  for (const coarse of list(0, Number.MAX_SAFE_INTEGER, 1024)) {
    if (above + coarse.players <= offset) above += coarse.players
    else {
      for (const fine of list(coarse.bucket * 1024, coarse.bucket * 1024 + 1023, 1)) {
        if (above + fine.players > offset) return { points: fine.bucket, above, equals: fine.players }
        above += fine.players
      }
    }
  }
  return null
}

/** The players after a place, from there on down. */
export function playersAfter(db: Reader, board: Board, { points, row }: BoardCursor, limit: number): BoardPlayer[] {
  const equals = seek(db, board, (column) => `${column} = ? AND t.rowid > ? ORDER BY t.rowid`, [points, row], limit)
  if (equals.length === limit) return equals
  return [...equals, ...seek(db, board, (column) => `${column} < ? AND ${column} > 0 ORDER BY ${column} DESC, t.rowid`, [points], limit - equals.length)]
}

/** The players before a place, the nearest last. */
export function playersBefore(db: Reader, board: Board, { points, row }: BoardCursor, limit: number): BoardPlayer[] {
  const equals = seek(db, board, (column) => `${column} = ? AND t.rowid < ? ORDER BY t.rowid DESC`, [points, row], limit).reverse()
  if (equals.length === limit) return equals
  return [...playersOver(db, board, points, limit - equals.length).reverse(), ...equals]
}

/** The players with more points, the nearest first. */
export function playersOver(db: Reader, board: Board, points: number, limit: number): BoardPlayer[] {
  return seek(db, board, (column) => `${column} > ? ORDER BY ${column}, t.rowid DESC`, [points], limit)
}

/** A player on a board; undefined without points. */
export function boardPlayer(db: Reader, board: Board, userId: string): BoardPlayer | undefined {
  return seek(db, board, (column) => `t.user_id = ? AND ${column} > 0`, [userId], 1)[0]
}

/** The row of the player behind `skip` equals, from one end of them or the other. */
export function rowAmongEquals(db: Reader, board: Board, points: number, skip: number, from: 'first' | 'last'): number | null {
  const source = sourceOf(board)
  return db.get<{ row: number }>(
    `SELECT t.rowid AS row FROM ${source.table} AS t WHERE ${source.where}t.${source.points} = ? ORDER BY t.rowid ${from === 'first' ? '' : 'DESC '}LIMIT 1 OFFSET ?`,
    ...source.parameters, points, skip,
  )?.row ?? null
}

/** How many equals stand before a row; no more than `limit` are counted. */
export function equalsBefore(db: Reader, board: Board, { points, row }: BoardCursor, limit: number): number {
  const source = sourceOf(board)
  return db.get<{ players: number }>(
    `SELECT count(*) AS players FROM (SELECT 1 FROM ${source.table} AS t WHERE ${source.where}t.${source.points} = ? AND t.rowid < ? LIMIT ?)`,
    ...source.parameters, points, row, limit,
  )?.players ?? 0
}

function seek(db: Reader, board: Board, condition: (points: string) => string, parameters: readonly Parameter[], limit: number): BoardPlayer[] {
  const source = sourceOf(board)
  // A left join keeps its order: the index of the board first, then a name for each of the few rows.
  const [name, join] = source.table === 'users' ? ['t.name', ''] : ['u.name', ' LEFT JOIN users AS u ON u.user_id = t.user_id']
  return db.all<BoardPlayer>(
    `SELECT CAST(t.user_id AS TEXT) AS userId, ${name} AS name, t.${source.points} AS points, t.rowid AS row
     FROM ${source.table} AS t${join} WHERE ${source.where}${condition(`t.${source.points}`)} LIMIT ?`,
    ...source.parameters, ...parameters, limit,
  )
}

function sourceOf(board: Board): Source {
  switch (board.kind) {
    case 'all': return { counts: 'all', table: 'users', points: 'total_points', where: '', parameters: [] }
    case 'week': return { counts: `week:${board.start}`, table: 'weekly_rankings', points: 'points', where: 't.week_start = ? AND ', parameters: [board.start] }
    case 'month': return { counts: `month:${board.start}`, table: 'monthly_rankings', points: 'points', where: 't.month_start = ? AND ', parameters: [board.start] }
    case 'guild': return {
      counts: `guild:${board.guildId}:${board.period}:${board.start}`, table: 'guild_rankings', points: 'points',
      where: 't.guild_id = ? AND t.period = ? AND t.start = ? AND ', parameters: [board.guildId, board.period, board.start],
    }
  }
}
