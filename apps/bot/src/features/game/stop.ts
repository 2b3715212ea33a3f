import { channelGamesOf, closeRound, moveGame, roundWithQuestion, type RunningGame, runningGame, shortenGame } from '@trivia/database/queries'
import { type GameContext, timeAt } from './context.ts'
import { revealView, type RevealView } from './view.ts'
import { type EndedGame, endedGame } from './ended.ts'

export interface StopRequest {
  readonly sessionId: number
  readonly userId: string
  readonly channelId: string
  readonly moderator: boolean
}

/**
 * Ends a channel's game, between two questions or in the middle of one: that one is closed and its answer told, then
 * the standings.
 */
export function stopGame(context: GameContext, { sessionId, userId, channelId, moderator }: StopRequest): 'stopped' | 'unknown' | 'not-allowed' {
  const game = Number.isSafeInteger(sessionId) ? runningGame(context.db, sessionId) : undefined
  if (game === undefined || game.channelId !== channelId || game.step === 'end') return 'unknown'
  if (game.hostId !== userId && !moderator) return 'not-allowed'
  const open = closeOpenRound(context, game)
  if (open !== null) shortenGame(context.db, sessionId, open.number)
  moveGame(context.db, sessionId, { step: open === null ? 'end' : 'reveal', roundId: game.roundId, dueAt: timeAt(context), leaseUntil: null })
  return 'stopped'
}

/** A game that is over because its host is gone, as its channel is told. */
export interface AbandonedGame {
  readonly ended: EndedGame
  readonly reveal: RevealView | null
}

/** Closes all that a player hosts, and gives what there is to tell, before nothing of it is left. */
export function abandonGames(context: GameContext, { userId }: { userId: string }): AbandonedGame[] {
  return channelGamesOf(context.db, userId).map((game) => {
    const open = closeOpenRound(context, game)
    const ended = endedGame(context, game, 'finished')
    const reveal = open === null ? null : revealView(context, open)
    const others = <T extends { readonly userId: string }>(list: readonly T[]): T[] => list.filter((each) => each.userId !== userId)
    return { ended: { ...ended, standings: others(ended.standings) }, reveal: reveal && { ...reveal, answers: others(reveal.answers) } }
  })
}

function closeOpenRound(context: GameContext, { roundId }: RunningGame) {
  const round = roundId === null ? undefined : roundWithQuestion(context.db, roundId)
  return round !== undefined && closeRound(context.db, round.roundId, timeAt(context)) ? round : null
}
