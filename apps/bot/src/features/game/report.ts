import { momentOf } from '@trivia/database/connection'
import { dropGame, endGame, keepReplyToken, moveGame, postponeGame, roundPosted, runningGame } from '@trivia/database/queries'
import { type GameContext, timeAt } from './context.ts'
import { finishRound, weekOver } from './finish.ts'
import { timing } from './timing.ts'
import { existingRound } from './view.ts'

/** What failed is tried so often, with longer and longer waits. */
const MOST_ATTEMPTS = 5

/** A question is to be seen. */
export function questionPosted(context: GameContext, posted: { sessionId: number; roundId: number; messageId: string | null; replyToken?: string }): void {
  const { db } = context
  if (posted.messageId !== null) roundPosted(db, posted.roundId, posted.messageId)
  const game = runningGame(db, posted.sessionId)
  if (game === undefined) return
  if (posted.replyToken !== undefined) keepReplyToken(db, posted.sessionId, posted.replyToken, timeAt(context, timing.replyToken))
  // Somebody may have answered faster than this report came.
  if (game.step !== 'ask' || game.roundId !== posted.roundId) return
  const deadline = momentOf(existingRound(context, posted.roundId).deadline)
  moveGame(db, posted.sessionId, { step: 'open', roundId: posted.roundId, dueAt: timeAt(context, deadline - context.now + timing.slack), leaseUntil: null })
}

/** A result is to be seen. */
export function resultShown(context: GameContext, { sessionId, roundId }: { sessionId: number; roundId: number }): void {
  const game = runningGame(context.db, sessionId)
  if (game?.step !== 'reveal' || game.roundId !== roundId) return
  finishRound(context, game, existingRound(context, roundId).number)
}

/** The end was told. */
export function endShown(context: GameContext, { sessionId }: { sessionId: number }): void {
  endGame(context.db, sessionId, timeAt(context))
}

/**
 * Discord did not take something. What can never succeed, such as a channel that is gone, ends the game; the rest is
 * tried again. A challenge whose question never reached its player was no attempt.
 */
export function postingFailed(context: GameContext, { sessionId, hopeless }: { sessionId: number; hopeless: boolean }): void {
  const { db } = context
  const game = runningGame(db, sessionId)
  if (game === undefined) return
  const neverSeen = game.step === 'ask' && (game.mode === 'daily' || game.mode === 'weekly')
  if (neverSeen && game.mode === 'daily') dropGame(db, sessionId)
  else if (neverSeen) moveGame(db, sessionId, { step: 'wait', roundId: game.roundId, dueAt: weekOver(game), leaseUntil: null })
  else if (hopeless || game.attempts + 1 >= MOST_ATTEMPTS) endGame(db, sessionId, timeAt(context))
  else postponeGame(db, sessionId, timeAt(context, 1_000 * 2 ** game.attempts))
}
