import { type APIEmbedField, EmbedBuilder } from 'discord.js'
import type { Gallery } from '../charts/index.ts'
import { playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { Overview } from '../features/statistics/index.ts'
import type { Translate } from '../texts/index.ts'
import { activityPicture } from './charts.ts'
import { brandColour } from './colours.ts'

/** A player's statistics at a glance, with a picture of the last weeks. */
export async function statsMessage(gallery: Gallery, t: Translate, { userId, name }: { userId: string; name: string }, overview: Overview): Promise<Body> {
  const picture = await activityPicture(gallery, t, overview)
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(t('stats.title', { player: playerName(name, userId) }).slice(0, 256))
    .setDescription(overviewNotes(t, overview).join('\n') || null)
    .addFields(overviewFields(t, overview))
    .setImage(picture === null ? null : `attachment://${picture.name}`)
  return { embeds: [embed], files: picture === null ? [] : [picture] }
}

/** The numbers, three in a row. */
export function overviewFields(t: Translate, overview: Overview): APIEmbedField[] {
  const { points, answered, right, streak, bestStreak, days, bestDays, place, average } = overview
  const whole = new Intl.NumberFormat(t.language)
  return [
    { name: t('stats.points'), value: whole.format(points), inline: true },
    { name: t('stats.rank'), value: place === null ? '–' : t('stats.rankValue', { ...place }), inline: true },
    { name: t('stats.accuracy'), value: answered === 0 ? '–' : `${t('stats.percent', { value: right / answered })} (${t('stats.rightOf', { right, answered })})`, inline: true },
    { name: t('stats.streak'), value: t('stats.streakValue', { current: streak, best: bestStreak }), inline: true },
    { name: t('stats.days'), value: t('stats.streakValue', { current: days, best: bestDays }), inline: true },
    { name: t('stats.average'), value: average === null ? '–' : t('stats.seconds', { value: average / 1000 }), inline: true },
  ]
}

/** What is to be known about the numbers. */
export function overviewNotes(t: Translate, { since, withoutDetails, bestWeek }: Overview): string[] {
  return [
    ...(since === null ? [] : [t('stats.playingSince', { at: Math.floor(since / 1000) })]),
    ...(bestWeek === null || bestWeek === 0 ? [] : [t('stats.bestWeek', { count: bestWeek })]),
    ...(withoutDetails === 0 ? [] : [`-# ${t('stats.fromBefore', { count: withoutDetails })}`]),
  ]
}
