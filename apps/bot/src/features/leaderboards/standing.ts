import { type Board, boardPlayer, boardSize, guildBoard, playersAbove, playersAfter, playersBefore, playersOver } from '@trivia/database/queries'
import type { Connection } from '@trivia/database/connection'
import type { GameContext } from '../game/index.ts'
import { type RankedPlayer, withRanks } from './ranks.ts'

/** So many players on either side. */
const NEIGHBOURS = 2

/** A place among how many. */
export interface Place {
  readonly rank: number
  readonly players: number
}

export interface Standing extends Place {
  readonly points: number
  /** The nearest player with more points, and how many points lead past; null at the top. */
  readonly ahead: { readonly userId: string; readonly name: string | null; readonly points: number } | null
  /** The player with the neighbours, in order. */
  readonly around: readonly RankedPlayer[]
  /** From above 0 to 1: among the best so many of all. */
  readonly top: number
  /** On the server's own board. */
  readonly server: Place | null
}

/** A player's place among all, ever; null without points. */
export function standingOf({ db }: GameContext, { userId, guildId }: { userId: string; guildId: string | null }): Standing | null {
  return db.savepoint(() => {
    const board: Board = { kind: 'all' }
    const mine = boardPlayer(db, board, userId)
    const place = placeOf(db, board, userId)
    if (mine === undefined || place === null) return null
    const [ahead] = playersOver(db, board, mine.points, 1)
    const around = [...playersBefore(db, board, mine, NEIGHBOURS), mine, ...playersAfter(db, board, mine, NEIGHBOURS)]
    return {
      ...place, points: mine.points, top: place.rank / place.players,
      ahead: ahead ? { userId: ahead.userId, name: ahead.name, points: ahead.points - mine.points + 1 } : null,
      around: withRanks(db, board, around),
      server: guildId === null ? null : placeOf(db, guildBoard(guildId, 'all', null), userId),
    }
  })
}

/** A player's place on a board; null without points. */
export function placeOf(db: Connection, board: Board, userId: string): Place | null {
  const mine = boardPlayer(db, board, userId)
  return mine === undefined ? null : { rank: playersAbove(db, board, mine.points) + 1, players: boardSize(db, board) }
}
