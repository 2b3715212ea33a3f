import { ActionRowBuilder, StringSelectMenuBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import type { ComponentHandler } from '../discord/handler.ts'
import { whisper } from '../discord/reply.ts'
import { reportReasons } from '../features/reports/reasons.ts'

/** `report:QUESTION`: asks what is wrong with it. */
export const reportButton: ComponentHandler = (_, { t }, __, [question]) => {
  const select = new StringSelectMenuBuilder().setCustomId(customId('reason', question ?? '')).setPlaceholder(t('game.reportPlaceholder'))
    .addOptions(reportReasons.map((reason) => ({ label: t(`choice.reason.${reason}`), value: reason })))
  return whisper({ content: t('game.reportModal'), components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select)] })
}

/** `reason:QUESTION`: keeps the report. */
export const reasonSelect: ComponentHandler = async ({ store }, actor, interaction, [question]) => {
  const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
  const reason = reportReasons.find((each) => each === chosen)
  const questionId = Number(question)
  if (reason === undefined || !Number.isSafeInteger(questionId)) return whisper(actor.t('errors.expired'))
  const result = await store.call('reportQuestion', { questionId, userId: actor.userId, name: actor.name, guildId: actor.guildId, reason })
  const text = result === 'reported' ? 'game.reported' : result === 'already' ? 'game.alreadyReported' : 'errors.expired'
  return { kind: 'update', body: { content: actor.t(text) } }
}
