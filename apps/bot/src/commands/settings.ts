import type { ChatInputCommandInteraction } from 'discord.js'
import type { Actor, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { canonicalZone, searchZones } from '../features/calendar/index.ts'
import type { SettingsChange } from '../features/settings/index.ts'
import { settingsMessage } from '../messages/settings-message.ts'
import type { TriviaCommand } from './command.ts'
import { choice, describedCommand, describedOption } from './described.ts'

/** `/trivia settings`: shows a player's settings, and changes those that are given. */
export const settings: TriviaCommand = {
  name: 'settings',
  ephemeral: true,
  describe: (builder, texts) =>
    describedCommand(builder, texts, 'settings')
      .addStringOption((option) => describedOption(option, texts, 'timezone').setAutocomplete(true).setMaxLength(64))
      .addStringOption((option) => describedOption(option, texts, 'theme').addChoices(
        choice(texts, 'default', 'choice.theme.default'), choice(texts, 'dark', 'choice.theme.dark'), choice(texts, 'light', 'choice.theme.light')))
      .addStringOption((option) => describedOption(option, texts, 'notifications').addChoices(choice(texts, 'on', 'choice.switch.on'), choice(texts, 'off', 'choice.switch.off')))
      .addStringOption((option) => describedOption(option, texts, 'difficulty').addChoices(
        choice(texts, 'any', 'choice.difficulty.any'), choice(texts, 'easy', 'choice.difficulty.easy'), choice(texts, 'medium', 'choice.difficulty.medium'), choice(texts, 'hard', 'choice.difficulty.hard'))),
  run: showOrChange,
  autocomplete: async (_, __, interaction) => ({ kind: 'choices', choices: searchZones(interaction.options.getFocused()).map((zone) => ({ name: zone, value: zone })) }),
}

async function showOrChange({ store, clock }: Services, { userId, name, t }: Actor, { options }: ChatInputCommandInteraction): Promise<Reply> {
  const zone = options.getString('timezone')
  if (zone !== null && canonicalZone(zone) === null) return whisper(t('settings.timezoneUnknown'))
  const change = changeOf(zone, options.getString('theme'), options.getString('notifications'), options.getString('difficulty'))
  if (Object.keys(change).length === 0) return whisper(settingsMessage(t, await store.call('settings', { userId }), clock.now(), null))
  const saved = await store.call('changeSettings', { userId, name, change })
  return whisper(saved === null ? t('settings.timezoneUnknown') : settingsMessage(t, saved, clock.now(), t('settings.saved')))
}

function changeOf(zone: string | null, theme: string | null, notifications: string | null, difficulty: string | null): SettingsChange {
  return {
    ...(zone === null ? {} : { zone }),
    ...(theme === 'default' || theme === 'dark' || theme === 'light' ? { theme } : {}),
    ...(notifications === 'on' || notifications === 'off' ? { notifications: notifications === 'on' } : {}),
    ...(difficulty === 'easy' || difficulty === 'medium' || difficulty === 'hard' ? { difficulty } : difficulty === 'any' ? { difficulty: null } : {}),
  }
}
