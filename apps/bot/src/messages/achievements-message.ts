import { EmbedBuilder } from 'discord.js'
import { plain, playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { AchievementList, AchievementState } from '../features/statistics/index.ts'
import type { Translate } from '../texts/index.ts'
import { joinedRows } from './board-rows.ts'
import { brandColour } from './colours.ts'

const BAR = 10

/** All achievements: when they were unlocked, or how far it still is. */
export function achievementsMessage(t: Translate, { userId, name }: { userId: string; name: string }, { states, fromBefore }: AchievementList): Body {
  const unlocked = states.filter((state) => state.unlocked)
  const locked = states.filter((state) => !state.unlocked)
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(t('achievements.title', { player: playerName(name, userId) }).slice(0, 256))
    .setDescription(joinedRows([
      `**${t('achievements.summary', { unlocked: unlocked.length, total: states.length })}**`, '',
      ...unlocked.map((state) => unlockedLine(t, state)),
      ...(unlocked.length > 0 && locked.length > 0 ? [''] : []),
      ...locked.map((state) => lockedLine(t, state)),
    ]))
  if (fromBefore.length > 0) embed.addFields({ name: t('achievements.fromBeforeTitle'), value: joinedRows(fromBefore.map((id) => `🏅 ${plain(id.slice(0, 100))}`), 1_000) })
  return { embeds: [embed] }
}

function unlockedLine(t: Translate, { id, emoji, at }: AchievementState): string {
  const when = at === null ? '✅' : t('achievements.unlockedOn', { at: Math.floor(at / 1000) })
  return `${emoji} **${t(`achievements.list.${id}.name`)}** — ${t(`achievements.list.${id}.description`)} · ${when}`
}

function lockedLine(t: Translate, { id, value, goal, unit, bonus }: AchievementState): string {
  const filled = Math.max(0, Math.min(BAR, Math.floor((value * BAR) / goal)))
  const progress = unit === 'percent' ? t('achievements.progressPercent', { value, goal }) : t('achievements.progress', { value: Math.min(value, goal), goal })
  return `🔒 **${t(`achievements.list.${id}.name`)}** — ${t(`achievements.list.${id}.description`)}\n-# ${'▰'.repeat(filled)}${'▱'.repeat(BAR - filled)} ${progress} · ${t('achievements.bonus', { count: bonus })}`
}
