import { momentOf } from '@trivia/database/connection'
import { type RunningGame, type Standing, standingsOf } from '@trivia/database/queries'
import type { GameContext } from './context.ts'

/** Why a game is over. */
export type EndReason = 'finished' | 'idle' | 'no-question' | 'interrupted'

export interface EndedGame {
  readonly sessionId: number
  readonly channelId: string
  readonly mode: RunningGame['mode']
  readonly locale: string
  readonly rounds: number
  readonly reason: EndReason
  /** Lets the bot write where it has lost the permission to. */
  readonly replyToken: string | null
  readonly standings: readonly Standing[]
}

/** What is told of a game that is over. */
export function endedGame(context: GameContext, game: RunningGame, reason: EndReason): EndedGame {
  const { sessionId, channelId, mode, locale, rounds } = game
  return { sessionId, channelId, mode, locale, rounds, reason, replyToken: usableToken(context, game), standings: standingsOf(context.db, sessionId) }
}

/** An interaction's token while Discord takes it. */
export function usableToken(context: GameContext, { replyToken, replyUntil }: RunningGame): string | null {
  return replyUntil !== null && momentOf(replyUntil) > context.now ? replyToken : null
}
