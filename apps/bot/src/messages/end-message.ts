import type { Standing } from '@trivia/database/queries'
import { EmbedBuilder } from 'discord.js'
import { playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { EndedGame } from '../features/game/index.ts'
import type { Translate } from '../texts/index.ts'
import { brandColour } from './colours.ts'

const MEDALS = ['🥇', '🥈', '🥉']
const NAMED = 15

/** How a game ended, with its players. */
export function endMessage(t: Translate, { reason, standings, rounds }: EndedGame): Body {
  const scorers = standings.filter(({ points }) => points > 0)
  const best = scorers.filter(({ points }) => points === scorers[0]?.points)
  const names = best.map(({ name, userId }) => playerName(name, userId))
  const verdict = scorers.length === 0 ? t('game.nobodyScored') : names.length === 1 ? t('game.winner', { player: names[0] ?? '' }) : t('game.draw', { players: names.join(', ') })
  const why = reason === 'interrupted' ? t('game.ended') : reason === 'no-question' ? t('game.noQuestions') : ''
  const lines = [why, verdict, '', ...standingLines(t, standings, rounds)].filter((line, index) => line !== '' || index === 2)
  return { embeds: [new EmbedBuilder().setColor(brandColour).setTitle(`${t('game.over')} ${t('game.finalTitle')}`).setDescription(lines.join('\n').slice(0, 4096))] }
}

export function standingLines(t: Translate, standings: readonly Standing[], rounds: number): string[] {
  return standings.slice(0, NAMED).map(({ name, userId, points, right }, index) =>
    t('game.standing', { place: MEDALS[index] ?? `${index + 1}.`, player: playerName(name, userId), points, right, rounds }))
}
