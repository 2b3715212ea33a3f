import { dropGame, ensurePlayer, gameChannels, gameInChannel, keepReplyToken, preferredDifficulty, runningGame, startGame } from '@trivia/database/queries'
import { nextRound } from './ask.ts'
import { type GameContext, timeAt } from './context.ts'
import { timing } from './timing.ts'
import type { QuestionView } from './view.ts'

export interface PlayRequest {
  readonly channelId: string
  readonly guildId: string | null
  readonly userId: string
  readonly name: string
  readonly mode: 'race' | 'solo'
  /** `any` means that the player's preference does not count. */
  readonly difficulty: string | null
  readonly category: string | null
  readonly questionType: string | null
  /** 1 to 20. */
  readonly rounds: number
  readonly locale: string
  /** Lets the bot write where it has lost the permission to. */
  readonly replyToken: string
}

export type PlayResult =
  | { readonly kind: 'started'; readonly question: QuestionView }
  | { readonly kind: 'busy' }
  | { readonly kind: 'no-question' }
  | { readonly kind: 'elsewhere'; readonly channels: readonly string[] }

/** Starts a game in a channel and makes its first round, which the caller posts. */
export function startPlay(context: GameContext, request: PlayRequest): PlayResult {
  const { db } = context
  const channels = request.guildId === null ? [] : gameChannels(db, request.guildId)
  if (channels.length > 0 && !channels.includes(request.channelId)) return { kind: 'elsewhere', channels }
  if (gameInChannel(db, request.channelId) !== undefined) return { kind: 'busy' }
  ensurePlayer(db, request.userId, request.name, timeAt(context))
  const difficulty = request.difficulty === 'any' ? null : (request.difficulty ?? preferredDifficulty(db, request.userId))
  const sessionId = startGame(db, { ...request, difficulty, hostId: request.userId, challengeDate: null }, timeAt(context))
  const game = sessionId === null ? undefined : runningGame(db, sessionId)
  if (game === undefined) return { kind: 'busy' }
  const question = nextRound(context, game)
  if (question === null) {
    dropGame(db, game.sessionId)
    return { kind: 'no-question' }
  }
  keepReplyToken(db, game.sessionId, request.replyToken, timeAt(context, timing.replyToken))
  return { kind: 'started', question }
}
