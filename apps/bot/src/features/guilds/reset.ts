import { earnedInGuild, forgetGuildScores, playerState } from '@trivia/database/queries'
import type { GameContext } from '../game/context.ts'

/**
 * Takes back what a player has earned in a server, there and everywhere. What was earned in other servers is not
 * this server's to take, nor are achievements.
 */
export function resetPlayer({ db }: GameContext, { guildId, userId }: { guildId: string; userId: string }): { readonly points: number } | null {
  if (playerState(db, userId) === undefined) return null
  const earned = earnedInGuild(db, guildId, userId)
  forgetGuildScores(db, guildId, userId, earned)
  return { points: earned.points }
}
