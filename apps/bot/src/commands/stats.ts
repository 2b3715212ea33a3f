import type { ChatInputCommandInteraction } from 'discord.js'
import { playerName } from '../discord/escape.ts'
import type { Actor } from '../discord/handler.ts'
import { type Reply, say, whisper } from '../discord/reply.ts'
import { statsMessage } from '../messages/stats-message.ts'
import { chosenPlayer, type ChosenPlayer, withUserOption } from './chosen-player.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'

/** `/trivia stats`: a player's numbers at a glance. */
export const stats: TriviaCommand = {
  name: 'stats',
  ephemeral: false,
  describe: (builder, texts) => withUserOption(describedCommand(builder, texts, 'stats'), texts),
  run: async ({ store, gallery }, actor, interaction: ChatInputCommandInteraction) => {
    const player = chosenPlayer(interaction)
    const overview = await store.call('overview', { userId: player.userId })
    return overview === null || overview.answered === 0 ? neverPlayed(actor, player) : say(await statsMessage(gallery, actor.t, player, overview))
  },
}

/** What is said of somebody of whom nothing is known. */
export function neverPlayed({ t }: Actor, { userId, name, self }: ChosenPlayer): Reply {
  return whisper(self ? t('stats.empty', { command: '/trivia play' }) : t('stats.emptyOther', { player: playerName(name, userId) }))
}
