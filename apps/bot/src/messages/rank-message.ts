import { EmbedBuilder } from 'discord.js'
import { playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { Standing } from '../features/leaderboards/index.ts'
import type { Translate } from '../texts/index.ts'
import { boardRows } from './board-rows.ts'
import { brandColour } from './colours.ts'

/** A player's place with the neighbours. */
export function rankMessage(t: Translate, { userId, name, self }: { userId: string; name: string; self: boolean }, standing: Standing): Body {
  const { rank, players, ahead, around, top, server } = standing
  // Rounded up: the best of three is not among the best 0 %.
  const percent = Math.ceil(top * 100) / 100
  const next = ahead === null ? t(self ? 'rank.first' : 'rank.firstOther') : t('rank.toNext', { count: ahead.points, player: playerName(ahead.name, ahead.userId) })
  const lines = [
    `**${t('rank.place', { rank, players })}** · ${t('rank.top', { value: percent })}`,
    ...(server === null ? [] : [`${t('choice.scope.server')}: ${t('rank.place', server)}`]),
    next,
  ]
  const embed = new EmbedBuilder()
    .setColor(brandColour)
    .setTitle(t('rank.title', { player: playerName(name, userId) }).slice(0, 256))
    .setDescription(lines.join('\n'))
  if (around.length > 1) embed.addFields({ name: t('rank.neighboursTitle'), value: boardRows(t, around, userId).join('\n').slice(0, 1024) })
  return { embeds: [embed] }
}
