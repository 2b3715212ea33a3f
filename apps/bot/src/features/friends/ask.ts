import { acceptFriend, askFriend, countFriends, ensurePlayer, friendship, removeFriend } from '@trivia/database/queries'
import { type GameContext, timeAt } from '../game/context.ts'

/** Friends a player can have, and questions that can wait for an answer. */
export const MOST_FRIENDS = 200

export interface Person {
  readonly userId: string
  readonly name: string
}

/** Two players, of whom the first one acts. */
export interface Pair {
  readonly player: Person
  readonly other: Person
}

export type AskResult = 'asked' | 'accepted' | 'friends' | 'waiting' | 'yourself' | 'full' | 'full-other'

/** Asks somebody to be a friend. Asking somebody who has asked is accepting. */
export function askToBeFriends(context: GameContext, { player, other }: Pair): AskResult {
  const { db } = context
  if (player.userId === other.userId) return 'yourself'
  const between = friendship(db, player.userId, other.userId)
  if (between?.accepted === true) return 'friends'
  if (between?.askedBy === player.userId) return 'waiting'
  if (between !== undefined) return accept(context, player.userId, other.userId)
  const { friends, asked } = countFriends(db, player.userId)
  if (friends >= MOST_FRIENDS || asked >= MOST_FRIENDS) return 'full'
  if (countFriends(db, other.userId).friends >= MOST_FRIENDS) return 'full-other'
  ensurePlayer(db, player.userId, player.name, timeAt(context))
  ensurePlayer(db, other.userId, other.name, timeAt(context))
  askFriend(db, player.userId, other.userId, timeAt(context))
  return 'asked'
}

export type AcceptResult = 'accepted' | 'friends' | 'no-request' | 'full' | 'full-other'

/** Accepts what the other one has asked. */
export function acceptRequest(context: GameContext, { player, other }: { player: Person; other: Pick<Person, 'userId'> }): AcceptResult {
  const { db } = context
  const between = friendship(db, player.userId, other.userId)
  if (between?.accepted === true) return 'friends'
  if (between?.askedBy !== other.userId) return 'no-request'
  ensurePlayer(db, player.userId, player.name, timeAt(context))
  return accept(context, player.userId, other.userId)
}

/** Declines what the other one has asked; a friendship is left alone. */
export function declineRequest({ db }: GameContext, { player, other }: { player: Pick<Person, 'userId'>; other: Pick<Person, 'userId'> }): 'declined' | 'no-request' {
  const between = friendship(db, player.userId, other.userId)
  if (between === undefined || between.accepted || between.askedBy !== other.userId) return 'no-request'
  removeFriend(db, player.userId, other.userId)
  return 'declined'
}

/** Ends a friendship, declines a request or takes one back. */
export function removeFromFriends({ db }: GameContext, { player, other }: { player: Pick<Person, 'userId'>; other: Pick<Person, 'userId'> }): 'removed' | 'not-friends' {
  return removeFriend(db, player.userId, other.userId) ? 'removed' : 'not-friends'
}

function accept(context: GameContext, userId: string, otherId: string): 'accepted' | 'full' | 'full-other' {
  const { db } = context
  if (countFriends(db, userId).friends >= MOST_FRIENDS) return 'full'
  if (countFriends(db, otherId).friends >= MOST_FRIENDS) return 'full-other'
  acceptFriend(db, userId, otherId, timeAt(context))
  return 'accepted'
}
