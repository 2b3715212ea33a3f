import { ComponentType, type MessageComponentInteraction, type ModalSubmitInteraction, TextInputStyle } from 'discord.js'
import type { Actor, ComponentHandler, ModalHandler, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import type { Given } from '../features/game/index.ts'
import { awardAnnouncement } from '../messages/award-message.ts'
import { revealMessage } from '../messages/reveal-message.ts'
import { customId } from '../discord/custom-id.ts'

const FIELD = 'text'

/** `answer:ROUND:OPTION`, the buttons of a question. */
export const answerButton: ComponentHandler = (services, actor, interaction, [round, option]) =>
  take(services, actor, interaction, Number(round), { option: Number(option) })

/** `fill:ROUND` opens the box for a typed answer. Nothing is asked of the database before: a modal must be the first answer. */
export const fillButton: ComponentHandler = (_, { t }, __, [round]) => ({
  kind: 'modal',
  modal: {
    custom_id: customId('fill', round ?? ''),
    title: t('game.answerModal'),
    components: [{
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.TextInput, custom_id: FIELD, style: TextInputStyle.Short, label: t('game.answerField'), placeholder: t('game.answerPlaceholder'), min_length: 1, max_length: 200, required: true }],
    }],
  },
})

/** The box, filled in. */
export const fillModal: ModalHandler = (services, actor, interaction, [round]) =>
  take(services, actor, interaction, Number(round), { text: interaction.fields.getTextInputValue(FIELD) })

async function take(services: Services, actor: Actor, interaction: MessageComponentInteraction | ModalSubmitInteraction, roundId: number, given: Given): Promise<Reply> {
  const { store, texts } = services
  const { t, userId, name } = actor
  if (!Number.isSafeInteger(roundId)) return whisper(t('game.gone'))
  const result = await store.call('answer', { roundId, userId, name, given, replyToken: interaction.token })
  switch (result.kind) {
    case 'unknown': return whisper(t('game.gone'))
    case 'late': return whisper(t('game.tooLate'))
    case 'not-yours': return whisper(t('game.notYours', { command: '/trivia play' }))
    case 'not-an-answer': return whisper(t('game.emptyAnswer'))
    case 'withdrawn': return whisper(t('game.withdrawn'))
    case 'already': return whisper(t('game.alreadyAnswered'))
    case 'recorded': break
  }
  const { reveal, award, won, right } = result
  const then = awardAnnouncement(t, award, { name, userId })
  if (reveal === null) {
    // Of a race: only the winner learns it now, for whom nothing is left to win.
    return { kind: 'message', ephemeral: true, body: { content: won ? t('game.right', { count: award.points }) : t('game.answerIn') }, then }
  }
  const { sessionId } = reveal
  const forPlayer = reveal.mode === 'daily' || reveal.mode === 'weekly'
  const nextAt = reveal.mode === 'solo' && reveal.number < reveal.rounds ? services.clock.now() + result.pause : null
  const body = revealMessage(forPlayer ? t : texts.for(reveal.locale), reveal, nextAt)
  services.log.debug({ right, session: sessionId }, 'a round for one is over')
  return {
    kind: 'update', body, then,
    sent: () => store.call('resultShown', { sessionId, roundId }),
    failed: () => store.call('postingFailed', { sessionId, hopeless: false }),
  }
}
