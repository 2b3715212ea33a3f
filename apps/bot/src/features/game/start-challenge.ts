import { momentOf } from '@trivia/database/connection'
import {
  challengeSession, dropGame, ensurePlayer, keepReplyToken, lastChallenge, playerState, roundWithQuestion, runningGame, startGame,
} from '@trivia/database/queries'
import { dayOf, nextDayStart, nextWeekStart, weekStart } from '../calendar/index.ts'
import { nextRound } from './ask.ts'
import { closeExpired } from './challenge.ts'
import { type GameContext, timeAt } from './context.ts'
import { timing, WEEKLY_QUESTIONS } from './timing.ts'
import { questionView, type QuestionView } from './view.ts'

export interface ChallengeRequest {
  readonly kind: 'daily' | 'weekly'
  readonly channelId: string
  readonly guildId: string | null
  readonly userId: string
  readonly name: string
  readonly locale: string
  readonly replyToken: string
}

export type ChallengeResult =
  | { readonly kind: 'question'; readonly question: QuestionView }
  /** Today's or this week's is done; the next one comes at `next`, milliseconds since 1970. */
  | { readonly kind: 'done'; readonly next: number }
  | { readonly kind: 'no-question' }

/**
 * Starts a player's daily or weekly, or goes on with it. There is one attempt a day of the player's time zone, and
 * one a week from Monday, UTC: a unique key decides. A question that is still open is shown again.
 */
export function startChallenge(context: GameContext, request: ChallengeRequest): ChallengeResult {
  const { db } = context
  const { kind, userId } = request
  ensurePlayer(db, userId, request.name, timeAt(context))
  const now = new Date(context.now)
  const zone = playerState(db, userId)?.zone ?? 'UTC'
  const date = kind === 'daily' ? dayOf(now, zone) : weekStart(now)
  const done: ChallengeResult = { kind: 'done', next: (kind === 'daily' ? nextDayStart(now, zone) : nextWeekStart(now)).getTime() }

  const before = challengeSession(db, userId, kind, date)
  if (before === undefined) {
    // Whoever moves to another time zone does not get a day back. The older system kept the day here, too.
    const last = lastChallenge(db, userId, kind)
    if (last !== null && last >= date) return done
    const sessionId = startGame(db, {
      channelId: request.channelId, guildId: request.guildId, hostId: userId, mode: kind, difficulty: null, category: null, questionType: null,
      rounds: kind === 'daily' ? 1 : WEEKLY_QUESTIONS, locale: request.locale, challengeDate: date,
    }, timeAt(context))
    return sessionId === null ? done : ask(context, sessionId, request, true)
  }
  if (before.isCompleted) return done
  const game = runningGame(db, before.sessionId)
  if (game === undefined) return done
  if (game.step === 'wait') return ask(context, before.sessionId, request, false)
  const round = game.roundId === null ? undefined : roundWithQuestion(db, game.roundId)
  if (round && round.closedAt === null && context.now <= momentOf(round.deadline) + timing.slack) {
    keepReplyToken(db, before.sessionId, request.replyToken, timeAt(context, timing.replyToken))
    const question = questionView(round)
    if (question !== null) return { kind: 'question', question }
  }
  if (round) closeExpired(context, round)
  if (round && (kind === 'daily' || round.number >= WEEKLY_QUESTIONS)) return done
  return ask(context, before.sessionId, request, false)
}

function ask(context: GameContext, sessionId: number, { replyToken }: ChallengeRequest, isNew: boolean): ChallengeResult {
  const { db } = context
  const game = runningGame(db, sessionId)
  const question = game === undefined ? null : nextRound(context, game)
  if (question === null) {
    if (isNew) dropGame(db, sessionId)
    return { kind: 'no-question' }
  }
  keepReplyToken(db, sessionId, replyToken, timeAt(context, timing.replyToken))
  return { kind: 'question', question }
}
