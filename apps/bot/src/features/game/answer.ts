import { momentOf } from '@trivia/database/connection'
import {
  answerOf, closeRound, countForQuestion, ensurePlayer, keepReplyToken, moveGame, recordAnswer, type Round, roundWithQuestion, winRound,
} from '@trivia/database/queries'
import type { Award } from './award.ts'
import { award } from './award.ts'
import { closeChallengeRound } from './challenge.ts'
import { type GameContext, timeAt } from './context.ts'
import { type Given, judge } from './judge.ts'
import { timing } from './timing.ts'
import { existingRound, revealView, type RevealView } from './view.ts'

export interface AnswerRequest {
  readonly roundId: number
  readonly userId: string
  readonly name: string
  readonly given: Given
  /** Lets the bot change messages that only this player sees. */
  readonly replyToken: string
}

/** What became of an answer. */
export type AnswerResult =
  /** There is no such round. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'late' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'not-an-answer' }
  /** The question was deleted in the middle of the round. */
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'already'; readonly given: string; readonly right: boolean }
  | {
      readonly kind: 'recorded'
      readonly given: string
      readonly right: boolean
      readonly award: Award
      /** Of a race: the first right answer. */
      readonly won: boolean
      /** Of a game for one: the round is over with the answer. */
      readonly reveal: RevealView | null
      /** The time before the next question, in milliseconds. */
      readonly pause: number
    }

/**
 * Takes a player's answer: judged, recorded once, and with everything that follows from it, in the caller's
 * transaction. However many clicks arrive, in however many processes: the unique key of answers decides.
 */
export function answerRound(context: GameContext, request: AnswerRequest): AnswerResult {
  const { db } = context
  const round = roundWithQuestion(db, request.roundId)
  if (round === undefined) return { kind: 'unknown' }
  const forOne = round.mode !== 'race'
  if (forOne && round.hostId !== request.userId) return { kind: 'not-yours' }
  const before = answerOf(db, round.roundId, request.userId)
  if (before !== undefined) return { kind: 'already', given: before.given ?? '', right: before.right }
  if (round.closedAt !== null || (round.step !== 'ask' && round.step !== 'open') || context.now > momentOf(round.deadline) + timing.slack) return { kind: 'late' }
  if (round.questionId === null || round.difficulty === null) return { kind: 'withdrawn' }
  const judged = judge(round, request.given)
  if (judged === null) return { kind: 'not-an-answer' }

  ensurePlayer(db, request.userId, request.name, timeAt(context))
  const won = judged.right && winRound(db, round.roundId, request.userId)
  const points = won ? round.points : 0
  const milliseconds = Math.max(0, context.now - momentOf(round.askedAt))
  const recorded = recordAnswer(db, {
    roundId: round.roundId, userId: request.userId, questionId: round.questionId, guildId: round.guildId,
    given: judged.given, right: judged.right, points, milliseconds, at: timeAt(context),
  })
  if (!recorded) return { kind: 'already', given: judged.given, right: judged.right }
  countForQuestion(db, round.questionId, judged.right)
  const completed = forOne ? closeForOne(context, round, request.replyToken) : undefined
  const given = award(context, { userId: request.userId, guildId: round.guildId, answer: { right: judged.right, points, difficulty: round.difficulty }, completed })
  if (!forOne && won) moveGame(db, round.sessionId, { step: 'open', roundId: round.roundId, dueAt: timeAt(context, timing.grace), leaseUntil: null })
  return { kind: 'recorded', given: judged.given, right: judged.right, award: given, won, reveal: forOne ? revealView(context, existingRound(context, round.roundId)) : null, pause: timing.pause }
}

/** The round is over; the caller shows the result, and whoever looks after games does if the caller cannot. */
function closeForOne(context: GameContext, round: Round, replyToken: string): 'daily' | 'weekly' | undefined {
  const { db } = context
  closeRound(db, round.roundId, timeAt(context))
  keepReplyToken(db, round.sessionId, replyToken, timeAt(context, timing.replyToken))
  moveGame(db, round.sessionId, { step: 'reveal', roundId: round.roundId, dueAt: timeAt(context), leaseUntil: timeAt(context, timing.lease) })
  return closeChallengeRound(context, round)
}
