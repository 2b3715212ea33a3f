import { recordDeletion } from '@trivia/database/deletions'
import { forgetPlayer } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'

/**
 * Removes a player from the whole database, in the caller's transaction. Groups go to their longest members; games
 * that the player has started end with their rows, and what others answered in them stays theirs. That they asked is
 * noted first, outside of the database: no restore of a backup brings them back.
 *
 * @returns whether there was anything
 */
export function deletePlayer({ db, now }: GameContext, { userId }: { userId: string }): boolean {
  recordDeletion(db.raw.name, userId, now)
  return forgetPlayer(db, userId)
}
