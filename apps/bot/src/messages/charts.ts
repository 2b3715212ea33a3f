import { AttachmentBuilder } from 'discord.js'
import { type BreakdownRow, type Gallery, isTheme, type Theme } from '../charts/index.ts'
import type { Overview } from '../features/statistics/index.ts'
import type { Translate } from '../texts/index.ts'

/** A picture of a player's last weeks, with a description for those who do not see it; null where none could be drawn in time. */
export async function activityPicture(gallery: Gallery, t: Translate, { theme, weeks }: Pick<Overview, 'theme' | 'weeks'>): Promise<AttachmentBuilder | null> {
  const day = new Intl.DateTimeFormat(t.language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const picture = await gallery.draw({
    kind: 'activity',
    picture: {
      theme: themeOf(theme), title: t('stats.chartActivity'), language: t.language,
      weeks: weeks.map(({ week, answered, right }) => ({ label: day.format(new Date(`${week}T00:00:00Z`)), answered, right })),
      labels: { right: t('stats.chartRight'), wrong: t('stats.chartWrong'), accuracy: t('stats.chartAccuracy'), empty: t('stats.chartEmpty') },
    },
  })
  if (picture === null) return null
  const numbers = weeks.map(({ week, answered, right }) => `${day.format(new Date(`${week}T00:00:00Z`))}: ${t('stats.rightOf', { right, answered })}`)
  return new AttachmentBuilder(Buffer.from(picture), { name: 'activity.png', description: `${t('stats.chartAlt')} (${numbers.join('; ')})`.slice(0, 1024) })
}

/** A picture of accuracy by category. */
export async function categoryPicture(gallery: Gallery, t: Translate, theme: string, rows: readonly BreakdownRow[]): Promise<AttachmentBuilder | null> {
  const picture = await gallery.draw({ kind: 'breakdown', picture: { theme: themeOf(theme), title: t('stats.chartCategory'), language: t.language, rows: [...rows], labels: { empty: t('stats.chartEmpty') } } })
  if (picture === null) return null
  const numbers = rows.slice(0, 12).map(({ label, right, answered }) => `${label}: ${t('stats.rightOf', { right, answered })}`)
  return new AttachmentBuilder(Buffer.from(picture), { name: 'categories.png', description: `${t('stats.chartCategory')} (${numbers.join('; ')})`.slice(0, 1024) })
}

function themeOf(stored: string): Theme {
  return isTheme(stored) ? stored : 'default'
}
