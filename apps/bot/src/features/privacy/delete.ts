import { deleteEverythingAbout, deletingSecurely } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'
import { leaveAllGroups } from '../groups/index.ts'

/**
 * Removes a player from the whole database, in the caller's transaction. Groups go to their longest members; games
 * that the player has started end with their rows, and what others answered in them stays theirs.
 *
 * @returns whether there was anything
 */
export function deletePlayer({ db }: GameContext, { userId }: { userId: string }): boolean {
  return deletingSecurely(db, () => {
    leaveAllGroups({ db }, userId)
    return deleteEverythingAbout(db, userId)
  })
}
