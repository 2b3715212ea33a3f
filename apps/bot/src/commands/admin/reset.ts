import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js'
import { customId } from '../../discord/custom-id.ts'
import { playerName } from '../../discord/escape.ts'
import type { ComponentHandler } from '../../discord/handler.ts'
import { componentForManagers, forManagers } from '../../discord/manager-permission.ts'
import { whisper } from '../../discord/reply.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand, describedOption } from '../described.ts'

/** `/admin reset`: asks whether a player's statistics of this server shall go. */
export const reset: TriviaCommand = {
  name: 'reset',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'adminReset').addUserOption((option) => describedOption(option, texts, 'user').setRequired(true)),
  run: forManagers(async (_, __, { t }, { options }) => {
    const user = options.getUser('user', true)
    const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
      new ButtonBuilder().setCustomId(customId('reset', user.id)).setLabel(t('admin.resetButton')).setStyle(ButtonStyle.Danger),
      new ButtonBuilder().setCustomId(customId('cancel')).setLabel(t('admin.cancelButton')).setStyle(ButtonStyle.Secondary),
    )
    return whisper({ content: `**${t('admin.resetTitle', { player: playerName(user.displayName, user.id) })}**\n${t('admin.resetWarning')}`, components: [buttons] })
  }),
}

/** `reset:USER`: does it. */
export const resetButton: ComponentHandler = componentForManagers(async (guildId, { store }, { t }, _, [userId]) => {
  if (userId === undefined || !/^\d{1,21}$/.test(userId)) return whisper(t('errors.expired'))
  await store.call('resetPlayer', { guildId, userId })
  return { kind: 'update', body: { content: t('admin.resetDone', { player: `<@${userId}>` }) } }
})

/** `cancel`: nothing happens. */
export const cancelButton: ComponentHandler = (_, { t }) => ({ kind: 'update', body: { content: t('admin.cancelled') } })
