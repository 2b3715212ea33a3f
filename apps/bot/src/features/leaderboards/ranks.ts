import type { Connection } from '@trivia/database/connection'
import { type Board, type BoardPlayer, playersAbove, playersWith } from '@trivia/database/queries'

export interface RankedPlayer {
  /** From 1; players with equal points share one. */
  readonly rank: number
  readonly userId: string
  readonly name: string | null
  readonly points: number
}

/**
 * Ranks of players who follow one another on a board. Only the first one's is looked up: between two of them there
 * is nobody else.
 */
export function withRanks(db: Connection, board: Board, players: readonly BoardPlayer[]): RankedPlayer[] {
  const [first] = players
  if (first === undefined) return []
  const top = playersAbove(db, board, first.points)
  // Equals of the first one may stand before it, on another page.
  const below = top + playersWith(db, board, first.points)
  const lower = players.filter(({ points }) => points < first.points)
  return players.map(({ userId, name, points }) => ({
    rank: points === first.points ? top + 1 : below + lower.filter((other) => other.points > points).length + 1,
    userId, name, points,
  }))
}

/** Ranks within a short list, best first. */
export function rankedList(players: readonly { userId: string; name: string | null; points: number }[]): RankedPlayer[] {
  const sorted = players.toSorted((one, other) => other.points - one.points)
  return sorted.map(({ userId, name, points }) => ({ rank: sorted.findIndex((each) => each.points === points) + 1, userId, name, points }))
}
