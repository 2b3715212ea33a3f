import { moveGame, runningGame } from '@trivia/database/queries'
import { type GameContext, timeAt } from './context.ts'

export interface StopRequest {
  readonly sessionId: number
  readonly userId: string
  readonly channelId: string
  readonly moderator: boolean
}

/** Ends a channel's game between two questions or in the middle of one; its standings are told. */
export function stopGame(context: GameContext, { sessionId, userId, channelId, moderator }: StopRequest): 'stopped' | 'unknown' | 'not-allowed' {
  const game = Number.isSafeInteger(sessionId) ? runningGame(context.db, sessionId) : undefined
  if (game === undefined || game.channelId !== channelId || game.step === 'end') return 'unknown'
  if (game.hostId !== userId && !moderator) return 'not-allowed'
  moveGame(context.db, sessionId, { step: 'end', roundId: game.roundId, dueAt: timeAt(context), leaseUntil: null })
  return 'stopped'
}
