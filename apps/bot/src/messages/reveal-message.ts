import { cutTo } from '@trivia/questions/discord'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import { plain, playerName } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { RevealView } from '../features/game/index.ts'
import type { Translate } from '../texts/index.ts'
import { fitEmbeds } from './fit.ts'
import { optionLabels, questionEmbeds, rowsOf } from './question-message.ts'

/** So many players are named; the others are counted by the standings. */
const NAMED = 10

/** A round that is over: who won, the right answer, why, and how everybody answered. */
export function revealMessage(t: Translate, reveal: RevealView, nextAt: number | null): Body {
  const embeds = questionEmbeds(t, reveal, cutTo(resultLines(t, reveal).join('\n'), 1024))
  const last = embeds.at(-1)
  if (reveal.explanation !== null && reveal.explanation.trim() !== '') {
    last?.addFields({ name: '\u200B', value: t('game.explanation', { text: cutTo(plain(reveal.explanation), 900) }) })
  }
  if (nextAt !== null) last?.addFields({ name: '\u200B', value: t('game.nextRound', { at: Math.ceil(nextAt / 1000) }) })
  return { embeds: fitEmbeds(embeds), components: [...closedOptions(t, reveal), actions(t, reveal, nextAt !== null)] }
}

function resultLines(t: Translate, reveal: RevealView): string[] {
  const right = reveal.type === 'true_false' ? t(reveal.answer.trim().toLowerCase() === 'true' ? 'choice.answer.true' : 'choice.answer.false') : reveal.answer
  return [t('game.rightAnswer', { answer: cutTo(plain(right), 300) }), verdict(t, reveal), ...(reveal.mode === 'race' ? answerLines(t, reveal) : [])]
}

function verdict(t: Translate, { mode, winnerId, answers, points }: RevealView): string {
  const winner = answers.find(({ userId }) => userId === winnerId)
  if (winner) {
    if (mode !== 'race') return t('game.right', { count: winner.points })
    return `${t('game.wonBy', { player: playerName(winner.name, winner.userId), count: winner.points || points })} ${t('game.wonAfter', { seconds: seconds(winner.milliseconds) })}`
  }
  if (answers.length === 0) return t('game.timeUp')
  return mode === 'race' ? t('game.nobody') : t('game.wrong')
}

function answerLines(t: Translate, { answers, winnerId, type }: RevealView): string[] {
  return answers.filter(({ userId }) => userId !== winnerId).slice(0, NAMED).map(({ name, userId, right, given, milliseconds }) => {
    const typed = type === 'fill_blank' && given !== null ? `: ${cutTo(plain(given), 60)}` : ''
    return `${right ? '✅' : '❌'} ${playerName(name, userId)} ${t('game.wonAfter', { seconds: seconds(milliseconds) })}${typed}`
  })
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}

/** The buttons as they were, the right one in green. */
function closedOptions(t: Translate, reveal: RevealView): ActionRowBuilder<ButtonBuilder>[] {
  if (reveal.type === 'fill_blank') return []
  const labels = optionLabels(t, reveal)
  return rowsOf(reveal.options.map((option, index) => {
    const right = reveal.type === 'true_false' ? option === reveal.answer.trim().toLowerCase() : option === reveal.answer
    return new ButtonBuilder().setCustomId(customId('answer', reveal.roundId, index)).setLabel(labels[index] ?? option).setStyle(right ? ButtonStyle.Success : ButtonStyle.Secondary).setDisabled(true)
  }))
}

function actions(t: Translate, { mode, number, rounds, sessionId, questionId }: RevealView, more: boolean): ActionRowBuilder<ButtonBuilder> {
  const row = new ActionRowBuilder<ButtonBuilder>()
  if (mode === 'weekly' && number < rounds) {
    row.addComponents(new ButtonBuilder().setCustomId(customId('weekly', sessionId)).setLabel(t('game.nextButton')).setStyle(ButtonStyle.Primary))
  }
  if (more) row.addComponents(new ButtonBuilder().setCustomId(customId('stop', sessionId)).setLabel(t('game.stopButton')).setStyle(ButtonStyle.Secondary))
  return row.addComponents(new ButtonBuilder().setCustomId(customId('report', questionId)).setLabel(t('game.reportButton')).setEmoji('🚩').setStyle(ButtonStyle.Secondary))
}
