import type { ChatInputCommandInteraction } from 'discord.js'
import { playerName } from '../discord/escape.ts'
import type { Actor, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { MOST_FRIENDS } from '../features/friends/index.ts'
import { friendRequestMessage, friendsMessage, shortBoardMessage } from '../messages/friends-message.ts'
import type { Translate } from '../texts/index.ts'
import type { TriviaCommand } from './command.ts'
import { choice, describedCommand, describedOption } from './described.ts'

/** `/trivia friends`: a player's friends, and their leaderboard. */
export const friends: TriviaCommand = {
  name: 'friends',
  ephemeral: true,
  describe: (builder, texts) =>
    describedCommand(builder, texts, 'friends')
      .addStringOption((option) => describedOption(option, texts, 'action').addChoices(
        choice(texts, 'list', 'choice.friends.list'), choice(texts, 'add', 'choice.friends.add'), choice(texts, 'accept', 'choice.friends.accept'),
        choice(texts, 'remove', 'choice.friends.remove'), choice(texts, 'leaderboard', 'choice.friends.leaderboard')))
      .addUserOption((option) => describedOption(option, texts, 'user')),
  run: manageFriends,
}

async function manageFriends(services: Services, actor: Actor, { options }: ChatInputCommandInteraction): Promise<Reply> {
  const { store } = services
  const { t, userId, name } = actor
  const action = options.getString('action') ?? 'list'
  if (action === 'leaderboard') return whisper(shortBoardMessage(t, t('friends.leaderboardTitle'), await store.call('friendBoard', { userId }), userId))
  if (action === 'list') return whisper(friendsMessage(t, await store.call('friends', { userId })))
  const user = options.getUser('user')
  if (user === null) return whisper(t('friends.whom', { option: 'user' }))
  const player = { userId, name }
  const other = { userId: user.id, name: user.displayName }
  const shown = playerName(other.name, other.userId)
  switch (action) {
    case 'add': {
      if (other.userId === userId) return whisper(t('friends.yourself'))
      if (user.bot) return whisper(t('friends.bot'))
      const result = await store.call('askFriend', { player, other })
      // In a conversation with the bot nobody else would see the question.
      const asks = result === 'asked' && actor.guildId !== null
      const then = asks ? [{ ephemeral: false, body: friendRequestMessage(t, player, other) }] : []
      return { kind: 'message', ephemeral: true, body: { content: friendshipText(t, result, shown) }, then }
    }
    case 'accept': return whisper(friendshipText(t, await store.call('acceptFriend', { player, other }), shown))
    case 'remove': return whisper(t(await store.call('removeFriend', { player, other }) === 'removed' ? 'friends.removed' : 'friends.notFriends', { player: shown }))
    default: return whisper(t('errors.outdated'))
  }
}

/** What became of asking or accepting, for the one who did it. */
export function friendshipText(t: Translate, result: 'asked' | 'accepted' | 'friends' | 'waiting' | 'no-request' | 'yourself' | 'full' | 'full-other', player: string): string {
  switch (result) {
    case 'asked': return t('friends.asked', { player })
    case 'accepted': return t('friends.accepted', { player })
    case 'friends': return t('friends.already', { player })
    case 'waiting': return t('friends.alreadyAsked', { player })
    case 'no-request': return t('friends.noRequest', { player })
    case 'yourself': return t('friends.yourself')
    case 'full': return t('friends.full', { max: MOST_FRIENDS })
    case 'full-other': return t('friends.fullOther', { player })
  }
}
