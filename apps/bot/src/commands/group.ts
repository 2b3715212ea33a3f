import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js'
import type { Actor, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { shortBoardMessage } from '../messages/friends-message.ts'
import { createdText, groupBoardTitle, groupsMessage, joinedText, leftText } from '../messages/group-message.ts'
import type { TriviaCommand } from './command.ts'
import { choice, describedCommand, describedOption } from './described.ts'

/** `/trivia group`: groups that are joined by a code, each with a leaderboard. */
export const group: TriviaCommand = {
  name: 'group',
  ephemeral: true,
  describe: (builder, texts) =>
    describedCommand(builder, texts, 'group')
      .addStringOption((option) => describedOption(option, texts, 'action').addChoices(
        choice(texts, 'list', 'choice.group.list'), choice(texts, 'create', 'choice.group.create'), choice(texts, 'join', 'choice.group.join'),
        choice(texts, 'leave', 'choice.group.leave'), choice(texts, 'leaderboard', 'choice.group.leaderboard')))
      .addStringOption((option) => describedOption(option, texts, 'groupName').setMaxLength(100))
      .addStringOption((option) => describedOption(option, texts, 'code').setMaxLength(20))
      .addStringOption((option) => describedOption(option, texts, 'group').setAutocomplete(true)),
  run: manageGroups,
  autocomplete: ownGroups,
}

async function manageGroups({ store }: Services, { t, userId, name }: Actor, { options }: ChatInputCommandInteraction): Promise<Reply> {
  const player = { userId, name }
  switch (options.getString('action') ?? 'list') {
    case 'list': return whisper(groupsMessage(t, await store.call('groups', { userId })))
    case 'create': return whisper(createdText(t, await store.call('createGroup', { player, groupName: options.getString('name') ?? '' })))
    case 'join': return whisper(joinedText(t, await store.call('joinGroup', { player, code: options.getString('code') ?? '' })))
    case 'leave': {
      const groupId = await chosenGroup(store, userId, options.getString('group'))
      if (groupId === null) return whisper(t('group.which', { option: 'group' }))
      return whisper(leftText(t, await store.call('leaveGroup', { userId, groupId })))
    }
    case 'leaderboard': {
      const groupId = await chosenGroup(store, userId, options.getString('group'))
      if (groupId === null) return whisper(t('group.which', { option: 'group' }))
      const board = await store.call('groupBoard', { userId, groupId })
      return whisper(board === null ? t('group.notMember') : shortBoardMessage(t, groupBoardTitle(t, board), board.rows, userId))
    }
    default: return whisper(t('errors.outdated'))
  }
}

/** The group that was chosen from the list, or typed by its name; the only one where none was. 0 is no group. */
async function chosenGroup(store: Services['store'], userId: string, chosen: string | null): Promise<number | null> {
  const groups = await store.call('groups', { userId })
  if (chosen === null) return groups.length === 1 ? (groups[0]?.id ?? null) : groups.length === 0 ? 0 : null
  const typed = chosen.trim().toLowerCase()
  return (groups.find(({ id }) => String(id) === chosen) ?? groups.find(({ name }) => name.toLowerCase() === typed))?.id ?? 0
}

async function ownGroups({ store }: Services, { userId }: Actor, interaction: AutocompleteInteraction): Promise<Reply> {
  const typed = interaction.options.getFocused().toLowerCase()
  const groups = await store.call('groups', { userId })
  return { kind: 'choices', choices: groups.filter(({ name }) => name.toLowerCase().includes(typed)).slice(0, 25).map(({ id, name }) => ({ name, value: String(id) })) }
}
