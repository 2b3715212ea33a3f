import { storedTime } from '@trivia/database/connection'
import { endGame, moveGame, type RunningGame } from '@trivia/database/queries'
import { type GameContext, timeAt } from './context.ts'
import { timing } from './timing.ts'

/** What follows a round that is over: the next one after a pause, the wait for a weekly's player, or the end. */
export function finishRound(context: GameContext, game: RunningGame, number: number): void {
  const { db } = context
  const move = (nextStep: RunningGame['step'], dueAt: string): void => moveGame(db, game.sessionId, { step: nextStep, roundId: game.roundId, dueAt, leaseUntil: null })
  if (game.mode === 'daily' || number >= game.rounds) {
    if ((game.mode === 'race' || game.mode === 'solo') && game.rounds > 1) move('end', timeAt(context, 1_000))
    else endGame(db, game.sessionId, timeAt(context))
  } else if (game.mode === 'weekly') move('wait', weekOver(game))
  else move('ask', timeAt(context, timing.pause))
}

/** When the week of a weekly challenge is over. */
export function weekOver({ challengeDate }: RunningGame): string {
  const week = 7 * 24 * 3_600_000
  return storedTime(Date.parse(`${challengeDate ?? '1970-01-01'}T00:00:00Z`) + week)
}
