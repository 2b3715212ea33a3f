import { friendshipText } from '../commands/friends.ts'
import { playerName } from '../discord/escape.ts'
import type { ComponentHandler } from '../discord/handler.ts'
import { whisper } from '../discord/reply.ts'

/** `friends:accept:ASKER:ASKED` and `friends:decline:…`, under a question to be somebody's friend. */
export const friendsButton: ComponentHandler = async ({ store }, { userId, name, t }, _, [answer, asker, asked]) => {
  if (asked !== userId) return whisper(t('errors.notForYou'))
  if (asker === undefined || !/^\d{1,20}$/.test(asker)) return whisper(t('errors.expired'))
  const pair = { player: { userId, name }, other: { userId: asker } }
  if (answer === 'decline') {
    const declined = await store.call('declineFriend', pair)
    // Taken back, or accepted with the command.
    return { kind: 'update', body: { content: t(declined === 'declined' ? 'friends.declined' : 'errors.expired') } }
  }
  const result = await store.call('acceptFriend', pair)
  const { friends, incoming } = await store.call('friends', { userId })
  const askerName = playerName([...friends, ...incoming].find((friend) => friend.userId === asker)?.name ?? null, asker)
  if (result === 'full' || result === 'full-other') return whisper(friendshipText(t, result, askerName))
  const content = result === 'no-request' ? t('errors.expired') : t('friends.acceptedPublic', { asker: askerName, player: playerName(name, userId) })
  return { kind: 'update', body: { content } }
}
