import { normalise } from '@trivia/questions/importing'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, ComponentType, EmbedBuilder, StringSelectMenuBuilder, TextInputStyle } from 'discord.js'
import type { APIActionRowComponent, APITextInputComponent } from 'discord-api-types/v10'
import { customId } from '../../discord/custom-id.ts'
import { plain } from '../../discord/escape.ts'
import type { ComponentHandler, ModalHandler } from '../../discord/handler.ts'
import { componentForManagers, forManagers, modalForManagers } from '../../discord/manager-permission.ts'
import { type Body, type Reply, whisper } from '../../discord/reply.ts'
import { difficultyColours } from '../../messages/colours.ts'
import { categoryName, type Translate } from '../../texts/index.ts'
import type { TriviaCommand } from '../command.ts'
import { describedCommand } from '../described.ts'

const TYPES = ['multiple_choice', 'true_false', 'fill_blank'] as const
const LEVELS = ['easy', 'medium', 'hard'] as const
type Type = (typeof TYPES)[number]
type Level = (typeof LEVELS)[number]

/** `/admin add`: a wizard of two steps. What was chosen stands in the buttons: nothing is remembered between them. */
export const add: TriviaCommand = {
  name: 'add',
  ephemeral: true,
  describe: (builder, texts) => describedCommand(builder, texts, 'adminAdd'),
  run: forManagers(async (_, __, { t }) => whisper(firstStep(t, 'multiple_choice', 'medium'))),
}

function firstStep(t: Translate, type: Type, level: Level): Body {
  const select = (kind: 'type' | 'level', label: string, options: readonly { value: string; label: string }[], chosen: string): ActionRowBuilder<StringSelectMenuBuilder> =>
    new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
      new StringSelectMenuBuilder().setCustomId(customId('addpick', kind, type, level)).setPlaceholder(label)
        .addOptions(options.map((option) => ({ ...option, default: option.value === chosen }))))
  const next = new ButtonBuilder().setCustomId(customId('addopen', type, level)).setLabel(t('admin.continueButton')).setStyle(ButtonStyle.Primary)
  return {
    content: `**${t('admin.addTitle')}** · ${t('admin.addStep', { step: 1, steps: 2 })}`,
    components: [
      select('type', t('admin.chooseType'), TYPES.map((value) => ({ value, label: t(`choice.type.${value}`) })), type),
      select('level', t('admin.chooseDifficulty'), LEVELS.map((value) => ({ value, label: t(`choice.difficulty.${value}`) })), level),
      new ActionRowBuilder<ButtonBuilder>().addComponents(next),
    ],
  }
}

/** `addpick:KIND:TYPE:LEVEL`: one of the selects of the first step. */
export const addSelect: ComponentHandler = componentForManagers((_, __, { t }, interaction, [kind, type, level]) => {
  const chosen = interaction.isStringSelectMenu() ? interaction.values[0] : undefined
  return { kind: 'update', body: firstStep(t, typeOf(kind === 'type' ? chosen : type), levelOf(kind === 'level' ? chosen : level)) }
})

/** `addopen:TYPE:LEVEL`: opens the form. */
export const addButton: ComponentHandler = componentForManagers((_, __, { t }, ___, [type, level]) => form(t, typeOf(type), levelOf(level)))

function form(t: Translate, type: Type, level: Level): Reply {
  const field = (id: string, label: string, style: TextInputStyle, most: number, required: boolean): APIActionRowComponent<APITextInputComponent> =>
    ({ type: ComponentType.ActionRow, components: [{ type: ComponentType.TextInput, custom_id: id, label, style, max_length: most, required }] })
  return {
    kind: 'modal',
    modal: {
      custom_id: customId('addsave', type, level), title: t('admin.addModal'),
      components: [
        field('question', t('admin.questionField'), TextInputStyle.Paragraph, 1000, true),
        field('answer', t('admin.answerField'), TextInputStyle.Short, 200, true),
        ...(type === 'multiple_choice' ? [field('more', t('admin.wrongField'), TextInputStyle.Paragraph, 1000, true)] : type === 'fill_blank' ? [field('more', t('admin.variationsField'), TextInputStyle.Paragraph, 1000, false)] : []),
        field('category', t('admin.categoryField'), TextInputStyle.Short, 100, true),
        field('explanation', t('admin.explanationField'), TextInputStyle.Paragraph, 1000, false),
      ],
    },
  }
}

/** `addsave:TYPE:LEVEL`: the form, filled in. */
export const addModal: ModalHandler = modalForManagers(async (guildId, { store }, { t, userId, name }, { fields }, [givenType, givenLevel]) => {
  const type = typeOf(givenType)
  const text = (id: string): string => (fields.fields.has(id) ? fields.getTextInputValue(id) : '')
  const list = text('more').split('\n').map((line) => line.trim()).filter((line) => line !== '')
  const result = normalise({
    text: text('question'), answer: type === 'true_false' ? truthOf(text('answer'), t) : text('answer'), type, difficulty: levelOf(givenLevel), category: text('category'), explanation: text('explanation'), locale: t.language,
    ...(type === 'multiple_choice' ? { wrong: list } : { variations: list }),
  })
  if ('reason' in result) return whisper(t('admin.invalid', { reason: plain(result.reason) }))
  const { question } = result
  const added = await store.call('addQuestions', { guildId, userId, name, questions: [question] })
  if (added.questionId === null) return whisper(t('admin.duplicate'))
  const shown = new EmbedBuilder().setColor(difficultyColours[question.difficulty]).setTitle(t('admin.previewTitle')).setDescription(plain(question.text).slice(0, 4000))
    .addFields({ name: categoryName(t, question.category), value: [...question.options.map((option) => `${option === question.answer ? '✅' : '▫️'} ${plain(option)}`), ...(question.options.length === 0 ? [`✅ ${plain(question.answer)}`] : [])].join('\n').slice(0, 1024) })
  const undo = new ButtonBuilder().setCustomId(customId('addundo', added.questionId)).setLabel(t('admin.cancelButton')).setStyle(ButtonStyle.Secondary)
  return whisper({ content: t('admin.added'), embeds: [shown], components: [new ActionRowBuilder<ButtonBuilder>().addComponents(undo)] })
})

/** `addundo:QUESTION`: takes back what was just added. */
export const undoButton: ComponentHandler = componentForManagers(async (guildId, { store }, { t, userId }, _, [question]) => {
  const undone = await store.call('undoAdd', { guildId, userId, questionId: Number(question) })
  return undone ? { kind: 'update', body: { content: t('admin.cancelled') } } : whisper(t('errors.expired'))
})

/** "Wahr" is true where the server's admins write German. */
function truthOf(answer: string, t: Translate): string {
  const given = answer.trim().toLowerCase()
  if (given === t('choice.answer.true').toLowerCase()) return 'true'
  return given === t('choice.answer.false').toLowerCase() ? 'false' : given
}

function typeOf(text: string | undefined): Type {
  return TYPES.find((type) => type === text) ?? 'multiple_choice'
}

function levelOf(text: string | undefined): Level {
  return LEVELS.find((level) => level === text) ?? 'medium'
}
