import { ChannelType } from 'discord.js'
import { forManagers } from '../../discord/manager-permission.ts'
import { whisper } from '../../discord/reply.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand, describedOption } from '../described.ts'

/** `/admin weekly-post`: where the week's challenge is announced on Mondays; without a channel, nowhere. */
export const weeklyPost: TriviaCommand = {
  name: 'weekly-post',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'adminWeeklyPost')
    .addChannelOption((option) => describedOption(option, texts, 'channel').addChannelTypes(ChannelType.GuildText, ChannelType.GuildAnnouncement)),
  run: forManagers(async (guildId, { store }, { t }, { options }) => {
    const channelId = options.getChannel('channel')?.id ?? null
    await store.call('chooseWeeklyChannel', { guildId, channelId })
    return whisper(channelId === null ? t('admin.weeklyPostOff') : t('admin.weeklyPostOn', { channel: `<#${channelId}>` }))
  }),
}
