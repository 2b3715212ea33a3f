import { friendsOf, type ListedFriend, listedPlayer, type ListedPlayer } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'
import { type RankedPlayer, rankedList } from '../leaderboards/index.ts'

/** A player's friends and what waits for an answer, on either side. */
export interface FriendLists {
  readonly friends: readonly ListedPlayer[]
  /** Waiting for the player. */
  readonly incoming: readonly ListedPlayer[]
  /** Waiting for the others. */
  readonly outgoing: readonly ListedPlayer[]
}

export function friendLists({ db }: GameContext, { userId }: { userId: string }): FriendLists {
  const all = friendsOf(db, userId)
  const waiting = all.filter(({ accepted }) => !accepted)
  return {
    friends: all.filter(({ accepted }) => accepted),
    incoming: waiting.filter(({ askedBy }: ListedFriend) => askedBy !== userId),
    outgoing: waiting.filter(({ askedBy }: ListedFriend) => askedBy === userId),
  }
}

/** The player among the friends, by all points ever. */
export function friendBoard({ db }: GameContext, { userId }: { userId: string }): RankedPlayer[] {
  return db.savepoint(() => {
    const me = listedPlayer(db, userId)
    return rankedList([...(me ? [me] : []), ...friendsOf(db, userId).filter(({ accepted }) => accepted)])
  })
}
