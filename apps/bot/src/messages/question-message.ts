import { cutTo, layoutQuestion } from '@trivia/questions/discord'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import { plain } from '../discord/escape.ts'
import type { Body } from '../discord/reply.ts'
import type { QuestionView } from '../features/game/index.ts'
import { categoryName, type Translate } from '../texts/index.ts'
import { difficultyColours } from './colours.ts'
import { fitEmbeds } from './fit.ts'

/** A question that can be answered. Neither ids nor order nor texts tell which answer is right. */
export function questionMessage(t: Translate, question: QuestionView): Body {
  return { embeds: fitEmbeds(questionEmbeds(t, question, countdown(t, question))), components: answerRows(t, question) }
}

/** The question in as many embeds as it needs; `below` stands under the text. */
export function questionEmbeds(t: Translate, question: QuestionView, below: string): EmbedBuilder[] {
  const layout = layoutQuestion({ text: question.text, type: question.type, options: question.options }, plain)
  const descriptions = layout.descriptions.length === 0 ? [''] : layout.descriptions
  const embeds = descriptions.map((description) => new EmbedBuilder().setColor(difficultyColours[question.difficulty]).setDescription(description === '' ? null : description))
  embeds[0]?.setTitle(titleOf(t, question)).setAuthor({ name: aboutLine(t, question) })
  const last = embeds.at(-1)
  if (layout.image !== null) last?.setImage(layout.image)
  const credit = creditOf(question)
  if (credit !== '') last?.setFooter({ text: credit })
  // A field is not taken from the description's limit.
  last?.addFields({ name: '\u200B', value: below })
  return embeds
}

function titleOf(t: Translate, { mode, number, rounds }: QuestionView): string {
  if (mode === 'daily') return t('daily.title')
  if (mode === 'weekly') return t('weekly.questionTitle', { round: number, rounds })
  return rounds === 1 ? t('game.singleTitle') : `${t('game.questionTitle', { round: number, rounds })}  ${'▰'.repeat(number)}${'▱'.repeat(rounds - number)}`
}

function aboutLine(t: Translate, { difficulty, category, type, points }: QuestionView): string {
  const about = t('game.about', { difficulty: t(`choice.difficulty.${difficulty}`), category: categoryName(t, category), type: t(`choice.type.${type}`) })
  return cutTo(`${about} · ${t('game.worth', { count: points })}`, 256)
}

/** A relative time counts down by itself, in the player's own client. */
function countdown(t: Translate, { deadline, mode, hostId }: QuestionView): string {
  const note = mode === 'race' ? t('game.raceNote') : mode === 'solo' ? t('game.soloNote', { player: `<@${hostId}>` }) : ''
  return [t('game.timeLeft', { until: Math.floor(deadline / 1000) }), note].filter((line) => line !== '').join('\n')
}

function creditOf({ source, licence, author }: QuestionView): string {
  return cutTo([source, author, licence].filter((each) => each !== null && each !== '').join(' · '), 200)
}

/** The buttons to answer with. */
function answerRows(t: Translate, question: QuestionView): ActionRowBuilder<ButtonBuilder>[] {
  if (question.type === 'fill_blank') {
    const open = new ButtonBuilder().setCustomId(customId('fill', question.roundId)).setLabel(t('game.answerButton')).setEmoji('✏️').setStyle(ButtonStyle.Primary)
    return [new ActionRowBuilder<ButtonBuilder>().addComponents(open)]
  }
  return rowsOf(optionLabels(t, question).map((label, index) =>
    new ButtonBuilder().setCustomId(customId('answer', question.roundId, index)).setLabel(label).setStyle(ButtonStyle.Secondary)))
}

/** What the buttons of a question say, in the order of its options. */
export function optionLabels(t: Translate, question: QuestionView): readonly string[] {
  if (question.type === 'true_false') return question.options.map((option) => t(option === 'true' ? 'choice.answer.true' : 'choice.answer.false'))
  return layoutQuestion({ text: question.text, type: question.type, options: question.options }, plain).labels
}

/** Long labels get a row each where there are rows enough. */
export function rowsOf(buttons: readonly ButtonBuilder[]): ActionRowBuilder<ButtonBuilder>[] {
  const long = buttons.some((button) => (('label' in button.data && button.data.label) || '').length > 24)
  const perRow = long && buttons.length <= 4 ? 1 : 5
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    new ActionRowBuilder<ButtonBuilder>().addComponents(buttons.slice(row * perRow, (row + 1) * perRow)))
}
