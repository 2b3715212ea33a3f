import { EmbedBuilder } from 'discord.js'
import { playerName } from '../discord/escape.ts'
import type { FollowUp } from '../discord/reply.ts'
import type { Award } from '../features/game/index.ts'
import type { Translate } from '../texts/index.ts'
import { brandColour } from './colours.ts'

/** What an answer has unlocked, for everybody in the channel, or for a player who wants it so alone; nothing where nothing was. */
export function awardAnnouncement(t: Translate, { unlocked, announce }: Award, player: { name: string; userId: string }): FollowUp[] {
  if (unlocked.length === 0) return []
  const lines = unlocked.map(({ id, bonus, emoji }) => {
    const text = t('achievements.unlocked', { emoji, player: playerName(player.name, player.userId), name: t(`achievements.list.${id}.name`) })
    return `${text} ${t('achievements.bonus', { count: bonus })}`
  })
  return [{ ephemeral: !announce, body: { embeds: [new EmbedBuilder().setColor(brandColour).setDescription(lines.join('\n'))] } }]
}
