import type { Connection } from '@trivia/database/connection'
import { type Board, type BoardCursor, boardPlayer, type BoardPlayer, boardSize, equalsBefore, playersAbove, playersAfter, playersBefore, pointsAt, rowAmongEquals } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'
import { type BoardChoice, boardReset, chooseBoard } from './choose-board.ts'
import { type RankedPlayer, withRanks } from './ranks.ts'

export const PAGE_SIZE = 10
/** So many equals are stepped over one by one; a place deeper among them is worked out from the row numbers. */
const MOST_STEPS = 5_000

/** Where to go on a board: a page by its number, the players after or before those in view, or oneself. */
export type Turn =
  | { readonly to: 'page'; readonly page: number }
  | { readonly to: 'me' }
  | { readonly to: 'after' | 'before'; readonly cursor: BoardCursor; readonly page: number; readonly start: string }

export interface PageRequest extends BoardChoice {
  readonly userId: string
  readonly turn: Turn
}

export interface BoardPage {
  readonly rows: readonly RankedPlayer[]
  readonly page: number
  readonly pages: number
  readonly players: number
  /** Whoever looks; null without points. */
  readonly me: { readonly rank: number; readonly points: number } | null
  /** The places of the first and last row, for turning pages; null where there is nothing further. */
  readonly previous: BoardCursor | null
  readonly next: BoardCursor | null
  /** The first day of its week or month; 'ever' for all time. */
  readonly start: string
  /** Milliseconds since 1970; null for a board that never starts anew. */
  readonly resets: number | null
}

/**
 * A page of a board, in the same time for any number of players: sums of counts say at how many points it begins, and
 * an index leads there. From page to page it goes by the last row seen, so that nobody is repeated or lost, even
 * while points change.
 */
export function leaderboardPage({ db, now }: GameContext, request: PageRequest): BoardPage {
  const moment = new Date(now)
  const board = chooseBoard(request, moment)
  // One state of the data for all of its queries.
  return db.savepoint(() => {
    const players = boardSize(db, board)
    const pages = Math.max(1, Math.ceil(players / PAGE_SIZE))
    const mine = boardPlayer(db, board, request.userId)
    const start = request.period === 'all' || board.kind === 'all' ? 'ever' : board.start
    const { turn } = request
    // A place on last week's board is none on this week's.
    const over = (turn.to === 'after' || turn.to === 'before') && turn.start !== start
    const { rows, page } = turned(db, board, over ? { to: 'page', page: 1 } : turn, pages, mine)
    const [first, last] = [rows[0], rows.at(-1)]
    return {
      rows: withRanks(db, board, rows), page, pages, players, start,
      me: mine === undefined ? null : { rank: playersAbove(db, board, mine.points) + 1, points: mine.points },
      previous: first && playersBefore(db, board, first, 1).length > 0 ? place(first) : null,
      next: last && playersAfter(db, board, last, 1).length > 0 ? place(last) : null,
      resets: boardReset(request.period, moment)?.getTime() ?? null,
    }
  })
}

interface Turned {
  readonly rows: readonly BoardPlayer[]
  readonly page: number
}

function turned(db: Connection, board: Board, turn: Turn, pages: number, mine: BoardPlayer | undefined): Turned {
  switch (turn.to) {
    case 'page': return byNumber(db, board, Math.min(Math.max(1, turn.page), pages))
    case 'me': return mine === undefined ? byNumber(db, board, 1) : around(db, board, mine)
    case 'after': {
      const rows = playersAfter(db, board, turn.cursor, PAGE_SIZE)
      return rows.length === 0 ? byNumber(db, board, pages) : { rows, page: Math.min(turn.page + 1, pages) }
    }
    case 'before': {
      const rows = playersBefore(db, board, turn.cursor, PAGE_SIZE)
      return rows.length < PAGE_SIZE ? byNumber(db, board, 1) : { rows, page: Math.max(1, turn.page - 1) }
    }
  }
}

function byNumber(db: Connection, board: Board, page: number): Turned {
  const start = pointsAt(db, board, (page - 1) * PAGE_SIZE)
  if (start === null) return { rows: [], page: 1 }
  const row = rowBehind(db, board, start.points, (page - 1) * PAGE_SIZE - start.above, start.equals)
  return { rows: playersAfter(db, board, { points: start.points, row: row - 1 }, PAGE_SIZE), page }
}

/** The page on which a player stands; deep among equals, a page that begins with the player. */
function around(db: Connection, board: Board, mine: BoardPlayer): Turned {
  const above = playersAbove(db, board, mine.points)
  const before = equalsBefore(db, board, mine, MOST_STEPS)
  const page = Math.floor((above + before) / PAGE_SIZE) + 1
  if (before < MOST_STEPS) return byNumber(db, board, page)
  return { rows: playersAfter(db, board, { points: mine.points, row: mine.row - 1 }, PAGE_SIZE), page }
}

/** The row behind so many equals: exact near either end, and otherwise as far on as it is between the two. */
function rowBehind(db: Connection, board: Board, points: number, skip: number, equals: number): number {
  if (skip <= MOST_STEPS) return rowAmongEquals(db, board, points, skip, 'first') ?? 0
  const fromLast = equals - 1 - skip
  if (fromLast <= MOST_STEPS) return rowAmongEquals(db, board, points, fromLast, 'last') ?? 0
  const first = rowAmongEquals(db, board, points, 0, 'first') ?? 0
  const last = rowAmongEquals(db, board, points, 0, 'last') ?? first
  return first + Math.floor(((last - first) * skip) / equals)
}

function place({ points, row }: BoardCursor): BoardCursor {
  return { points, row }
}
