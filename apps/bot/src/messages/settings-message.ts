import { EmbedBuilder } from 'discord.js'
import type { Body } from '../discord/reply.ts'
import type { PlayerSettings } from '../features/settings/index.ts'
import type { Translate } from '../texts/index.ts'
import { brandColour } from './colours.ts'

/** A player's settings; `note` says what has become of a change. */
export function settingsMessage(t: Translate, { zone, theme, notifications, difficulty }: PlayerSettings, now: number, note: string | null): Body {
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(t('settings.title'))
    .addFields(
      { name: t('settings.timezone'), value: t('settings.timezoneNow', { zone, time: clockIn(t.language, zone, now) }) },
      { name: t('settings.theme'), value: t(`choice.theme.${theme}`), inline: true },
      { name: t('settings.notifications'), value: t(notifications ? 'choice.switch.on' : 'choice.switch.off'), inline: true },
      { name: t('settings.difficulty'), value: t(`choice.difficulty.${difficulty ?? 'any'}`), inline: true },
    )
  return { embeds: [embed.setDescription(note ?? t('settings.hint', { command: '/trivia settings' }))] }
}

function clockIn(language: string, zone: string, now: number): string {
  try {
    return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(now)
  } catch (error) {
    // A zone of an older database that this machine does not know.
    if (error instanceof RangeError) return '–'
    throw error
  }
}
