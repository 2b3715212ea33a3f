import type { GuildNumber } from '@trivia/database/queries'
import { ChannelType, EmbedBuilder, type SlashCommandIntegerOption } from 'discord.js'
import { forManagers } from '../../discord/manager-permission.ts'
import { whisper } from '../../discord/reply.ts'
import type { GuildConfig } from '../../features/guilds/configure.ts'
import { brandColour } from '../../messages/colours.ts'
import type { Texts, Translate } from '../../texts/index.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand, describedOption } from '../described.ts'

/** What may be set, by option, with the bounds of the schema's CHECKs. */
const NUMBERS = [
  ['timeLimit', 'timeLimit', 5, 300], ['pointsEasy', 'easy', 1, 100], ['pointsMedium', 'medium', 1, 100], ['pointsHard', 'hard', 1, 100],
  ['dailyMultiplier', 'dailyMultiplier', 1, 10], ['weeklyMultiplier', 'weeklyMultiplier', 1, 10],
] as const satisfies readonly (readonly [string, GuildNumber, number, number])[]

/** Where games can be played. */
const TEXT_CHANNELS = [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.PublicThread, ChannelType.GuildVoice] as const

/** `/admin config`: shows the server's settings, and changes those that are given. */
export const config: TriviaCommand = {
  name: 'config',
  ephemeral: true,
  describe: (builder, texts) => {
    describedCommand(builder, texts, 'adminConfig')
    for (const [key, , least, most] of NUMBERS) builder.addIntegerOption((option: SlashCommandIntegerOption) => describedOption(option, texts, key).setMinValue(least).setMaxValue(most))
    for (const key of ['allowChannel', 'removeChannel'] as const) builder.addChannelOption((option) => describedOption(option, texts, key).addChannelTypes(...TEXT_CHANNELS))
    return builder
  },
  run: forManagers(async (guildId, { store, texts }, { t }, { options }) => {
    const name = englishNames(texts)
    const given = NUMBERS.flatMap(([key, column]) => {
      const value = options.getInteger(name(key))
      return value === null ? [] : [[column, value] as const]
    })
    const channel = (key: 'allowChannel' | 'removeChannel'): string | null => options.getChannel(name(key))?.id ?? null
    const [allow, remove] = [channel('allowChannel'), channel('removeChannel')]
    const changes = given.length > 0 || allow !== null || remove !== null
    const now = changes
      ? await store.call('configureGuild', { guildId, numbers: Object.fromEntries(given), allow, remove })
      : await store.call('guildConfig', { guildId })
    return whisper({ ...(changes ? { content: t('admin.saved') } : {}), embeds: [configEmbed(t, now)] })
  }),
}

function configEmbed(t: Translate, { timeLimit, easy, medium, hard, dailyMultiplier, weeklyMultiplier, weeklyChannelId, channels }: GuildConfig): EmbedBuilder {
  return new EmbedBuilder().setColor(brandColour).setTitle(t('admin.configTitle')).addFields(
    { name: t('admin.timeLimit'), value: t('admin.seconds', { value: timeLimit }), inline: true },
    { name: t('admin.points'), value: t('admin.pointsValue', { easy, medium, hard }), inline: true },
    { name: t('admin.multipliers'), value: t('admin.multipliersValue', { daily: dailyMultiplier, weekly: weeklyMultiplier }), inline: true },
    { name: t('admin.channels'), value: channels.length === 0 ? t('admin.channelsAll') : channels.slice(0, 40).map((id) => `<#${id}>`).join(' ') },
    { name: '\u200B', value: t('admin.weeklyPostNow', { channel: weeklyChannelId === null ? t('admin.weeklyPostNone') : `<#${weeklyChannelId}>` }) },
  )
}

function englishNames(texts: Texts): (key: (typeof NUMBERS)[number][0] | 'allowChannel' | 'removeChannel') => string {
  const english = texts.for('en')
  return (key) => english(`option.${key}.name`)
}
