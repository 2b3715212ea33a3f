import { EmbedBuilder } from 'discord.js'
import type { Gallery } from '../charts/index.ts'
import { plain, playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { Area, PlayerReport } from '../features/statistics/index.ts'
import { categoryName, type Translate } from '../texts/index.ts'
import { joinedRows } from './board-rows.ts'
import { activityPicture, categoryPicture } from './charts.ts'
import { brandColour } from './colours.ts'
import { overviewFields, overviewNotes } from './stats-message.ts'

/** So many categories are listed beside the picture. */
const LISTED = 12

/** A player's full report: numbers, areas and two pictures. */
export async function reportMessage(gallery: Gallery, t: Translate, { userId, name }: { userId: string; name: string }, report: PlayerReport): Promise<Body> {
  const { byDifficulty, byCategory, strong, weak, tellable, theme } = report
  const title = t('stats.reportTitle', { player: playerName(name, userId) }).slice(0, 256)
  const activity = await activityPicture(gallery, t, report)
  const first = new EmbedBuilder()
    .setColor(brandColour).setTitle(title)
    .setDescription(overviewNotes(t, report).join('\n') || null)
    .addFields(overviewFields(t, report))
    .setImage(activity === null ? null : `attachment://${activity.name}`)
  const files = activity === null ? [] : [activity]
  if (byCategory.length === 0) return { embeds: [first.addFields({ name: t('stats.byCategory'), value: t('stats.tooFew') })], files }
  const named = (area: Area): string => plain(categoryName(t, area.key))
  const areas = (list: readonly Area[], none: string): string => joinedRows(list.map((area) => areaLine(t, named(area), area)), 1_000) || none
  const categories = await categoryPicture(gallery, t, theme, byCategory.map((area) => ({ label: categoryName(t, area.key), right: area.right, answered: area.answered })))
  const second = new EmbedBuilder()
    .setColor(brandColour)
    .addFields(
      { name: t('stats.byDifficulty'), value: areasByDifficulty(t, byDifficulty) },
      { name: t('stats.byCategory'), value: areas(byCategory.slice(0, LISTED), t('stats.tooFew')) },
      { name: `💪 ${t('stats.strong')}`, value: areas(strong, tellable ? '–' : t('stats.tooFew')), inline: true },
      { name: `🌱 ${t('stats.weak')}`, value: areas(weak, tellable ? t('stats.weakNone') : t('stats.tooFew')), inline: true },
    )
    .setImage(categories === null ? null : `attachment://${categories.name}`)
  return { embeds: [first, second], files: categories === null ? files : [...files, categories] }
}

function areasByDifficulty(t: Translate, areas: readonly Area[]): string {
  return areas.map((area) => {
    const { key } = area
    return areaLine(t, key === 'easy' || key === 'medium' || key === 'hard' ? t(`choice.difficulty.${key}`) : plain(key), area)
  }).join('\n')
}

function areaLine(t: Translate, name: string, { right, answered }: Area): string {
  return `${name}: ${t('stats.percent', { value: right / answered })} (${t('stats.rightOf', { right, answered })})`
}
