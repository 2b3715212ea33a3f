import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../../discord/custom-id.ts'
import { plain } from '../../discord/escape.ts'
import type { ComponentHandler, Services } from '../../discord/handler.ts'
import { componentForManagers, forManagers } from '../../discord/manager-permission.ts'
import { type Body, whisper } from '../../discord/reply.ts'
import { textList } from '../../features/game/text-list.ts'
import { reportReasons } from '../../features/reports/reasons.ts'
import { brandColour } from '../../messages/colours.ts'
import type { Translate } from '../../texts/index.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand } from '../described.ts'

/** `/admin reports`: questions that were reported in this server. */
export const reports: TriviaCommand = {
  name: 'reports',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'adminReports'),
  run: forManagers(async (guildId, services, { t }) => whisper(await reportList(services, t, guildId))),
}

async function reportList({ store }: Services, t: Translate, guildId: string): Promise<Body> {
  const reported = await store.call('reportedQuestions', { guildId })
  if (reported.length === 0) return { content: t('admin.reportsNone') }
  const embeds = reported.map(({ text, answer, reports: count, reasons }, index) => {
    const said = [...new Set(textList(reasons))].flatMap((reason) => reportReasons.filter((known) => known === reason)).map((reason) => t(`choice.reason.${reason}`))
    return new EmbedBuilder().setColor(brandColour).setTitle(index === 0 ? t('admin.reportsTitle') : null)
      .setDescription(`**${index + 1}.** ${plain(text).slice(0, 700)}\n✅ ${plain(answer).slice(0, 200)}`)
      .addFields({ name: t('admin.reportRow', { count }), value: said.join(', ') || '–' })
  })
  const rows = reported.map(({ questionId, own }, index) => new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId(customId('resolve', questionId, 'keep')).setLabel(`${index + 1}: ${t('admin.keepQuestionButton')}`).setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId(customId('resolve', questionId, own ? 'retire' : 'hide')).setLabel(`${index + 1}: ${t(own ? 'admin.retireQuestionButton' : 'admin.hideQuestionButton')}`).setStyle(ButtonStyle.Danger),
  ))
  return { embeds, components: rows }
}

/** `resolve:QUESTION:DECISION`: deals with one of them, and shows the rest. */
export const resolveButton: ComponentHandler = componentForManagers(async (guildId, services, { t }, _, [question, given]) => {
  const decision = (['keep', 'hide', 'retire'] as const).find((each) => each === given)
  if (decision === undefined) return whisper(t('errors.expired'))
  const done = await services.store.call('resolveReported', { guildId, questionId: Number(question), decision })
  if (!done) return whisper(t('errors.expired'))
  const said = t(decision === 'keep' ? 'admin.questionKept' : decision === 'hide' ? 'admin.questionHidden' : 'admin.questionRetired')
  const rest = await reportList(services, t, guildId)
  return { kind: 'update', body: { ...rest, content: [said, rest.content].filter(Boolean).join('\n') } }
})
