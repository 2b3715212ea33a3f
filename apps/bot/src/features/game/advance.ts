import {
  dueGames, endGame, moveGame, type RunningGame, type ShardRange, silentRounds,
} from '@trivia/database/queries'
import { momentOf, storedTime } from '@trivia/database/connection'
import { nextRound } from './ask.ts'
import type { Award } from './award.ts'
import { closeExpired } from './challenge.ts'
import { type GameContext, timeAt } from './context.ts'
import { type EndedGame, endedGame, type EndReason, usableToken } from './ended.ts'
import { finishRound } from './finish.ts'
import { postingFailed } from './report.ts'
import { SILENT_ROUNDS, timing } from './timing.ts'
import { existingRound, type QuestionView, revealView, type RevealView } from './view.ts'

/** Something that Discord has to be told. Whoever got it has a lease on it, and reports how it went. */
export type Task =
  | { readonly kind: 'post'; readonly question: QuestionView; readonly replyToken: string | null }
  | { readonly kind: 'reveal'; readonly reveal: RevealView; readonly replyToken: string | null; readonly nextAt: number | null; readonly award: Award | null }
  | { readonly kind: 'withdrawn'; readonly channelId: string; readonly messageId: string; readonly locale: string }
  | { readonly kind: 'end'; readonly game: EndedGame }
  | { readonly kind: 'broken'; readonly sessionId: number; readonly error: string }

export interface AdvanceRequest {
  readonly shards: ShardRange
  /** So many games at most. */
  readonly limit: number
  /**
   * When it was asked for, milliseconds since 1970. Where that had to wait, what became due meanwhile is left to the
   * next turn: answers that were given in time may stand behind this one in the queue.
   */
  readonly dueBy: number
}

/** Moves every game on that wants attention, and says what is to be told. All of it is in the database: nothing is remembered. */
export function advance(context: GameContext, { shards, limit, dueBy }: AdvanceRequest): Task[] {
  return dueGames(context.db, storedTime(Math.min(dueBy, context.now)), shards, limit).flatMap((game) => {
    try {
      return context.db.savepoint(() => step(context, game)) ?? []
    } catch (error) {
      // One game that is broken keeps no other from going on; it is tried again, and given up in the end.
      postingFailed(context, { sessionId: game.sessionId, hopeless: false })
      return [{ kind: 'broken' as const, sessionId: game.sessionId, error: error instanceof Error ? error.message : String(error) }]
    }
  })
}

function step(context: GameContext, game: RunningGame): Task | null {
  const forChannel = game.mode === 'race' || game.mode === 'solo'
  if (forChannel && game.step !== 'end' && context.now - momentOf(game.dueAt) > timing.stale) return end(context, game, 'interrupted')
  switch (game.step) {
    case 'ask': return forChannel ? ask(context, game) : wasSeen(context, game)
    case 'open': return close(context, game)
    case 'reveal': return reveal(context, game)
    case 'wait':
      endGame(context.db, game.sessionId, timeAt(context))
      return null
    case 'end': return end(context, game, 'finished')
  }
}

function ask(context: GameContext, game: RunningGame): Task {
  if (silentRounds(context.db, game.sessionId) >= SILENT_ROUNDS) return end(context, game, 'idle')
  const question = nextRound(context, game)
  return question === null ? end(context, game, 'no-question') : { kind: 'post', question, replyToken: usableToken(context, game) }
}

/** A challenge's question can only be posted as the answer to its player, who may have seen it before the bot died. */
function wasSeen(context: GameContext, game: RunningGame): null {
  if (game.roundId === null) endGame(context.db, game.sessionId, timeAt(context))
  else moveGame(context.db, game.sessionId, { step: 'open', roundId: game.roundId, dueAt: existingRound(context, game.roundId).deadline, leaseUntil: null })
  return null
}

function close(context: GameContext, game: RunningGame): Task | null {
  if (game.roundId === null) return end(context, game, 'finished')
  const round = existingRound(context, game.roundId)
  return reveal(context, game, closeExpired(context, round))
}

function reveal(context: GameContext, game: RunningGame, award: Award | null = null): Task | null {
  const round = game.roundId === null ? undefined : existingRound(context, game.roundId)
  const view = round && revealView(context, round)
  if (!round || !view) {
    // The question was withdrawn: there is nothing to show but that.
    finishRound(context, game, round?.number ?? game.rounds)
    return round?.messageId ? { kind: 'withdrawn', channelId: round.channelId, messageId: round.messageId, locale: round.locale } : null
  }
  moveGame(context.db, game.sessionId, { step: 'reveal', roundId: round.roundId, dueAt: timeAt(context), leaseUntil: timeAt(context, timing.lease) })
  const more = (game.mode === 'race' || game.mode === 'solo') && round.number < game.rounds

  return { kind: 'reveal', reveal: view, replyToken: usableToken(context, game), nextAt: more ? context.now + timing.pause : null, award }
}

function end(context: GameContext, game: RunningGame, reason: EndReason): Task {
  moveGame(context.db, game.sessionId, { step: 'end', roundId: game.roundId, dueAt: timeAt(context), leaseUntil: timeAt(context, timing.lease) })
  return { kind: 'end', game: endedGame(context, game, reason) }
}
