import { challengeDone, closeRound, type Round } from '@trivia/database/queries'
import { type Award, award } from './award.ts'
import { type GameContext, timeAt } from './context.ts'
import { WEEKLY_QUESTIONS } from './timing.ts'

/** Notes that a round of a challenge is over. Returns the challenge that is complete with it. */
export function closeChallengeRound({ db }: GameContext, round: Round): 'daily' | 'weekly' | undefined {
  const { mode, hostId, challengeDate, number } = round
  if ((mode !== 'daily' && mode !== 'weekly') || challengeDate === null) return undefined
  if (mode === 'weekly' && number < WEEKLY_QUESTIONS) return undefined
  challengeDone(db, hostId, mode, challengeDate)
  return mode
}

/**
 * Closes a round whose time is up, with what follows for a challenge's player: a daily that ran out of time is used up
 * but not done; a weekly is done with its last question.
 */
export function closeExpired(context: GameContext, round: Round): Award | null {
  if (!closeRound(context.db, round.roundId, timeAt(context))) return null
  const completed = closeChallengeRound(context, round)
  return completed === 'weekly' ? award(context, { userId: round.hostId, guildId: round.guildId, completed }) : null
}
