import { challengeDone, type Round } from '@trivia/database/queries'
import type { GameContext } from './context.ts'
import { WEEKLY_QUESTIONS } from './timing.ts'

/** Notes that a round of a challenge is over. Returns the challenge that is complete with it. */
export function closeChallengeRound({ db }: GameContext, round: Round): 'daily' | 'weekly' | undefined {
  const { mode, hostId, challengeDate, number } = round
  if ((mode !== 'daily' && mode !== 'weekly') || challengeDate === null) return undefined
  if (mode === 'weekly' && number < WEEKLY_QUESTIONS) return undefined
  challengeDone(db, hostId, mode, challengeDate)
  return mode
}
