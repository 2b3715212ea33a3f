import { type AutocompleteInteraction, type ChatInputCommandInteraction, DiscordAPIError } from 'discord.js'
import type { Actor, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { questionMessage } from '../messages/question-message.ts'
import { categoryChoices } from './category-choices.ts'
import type { TriviaCommand } from './command.ts'
import { choice, describedCommand, describedOption } from './described.ts'

/** `/trivia play`: a game in this channel. */
export const play: TriviaCommand = {
  name: 'play',
  ephemeral: false,
  describe: (builder, texts) =>
    describedCommand(builder, texts, 'play')
      .addStringOption((option) => describedOption(option, texts, 'difficulty').addChoices(
        choice(texts, 'any', 'choice.difficulty.any'), choice(texts, 'easy', 'choice.difficulty.easy'), choice(texts, 'medium', 'choice.difficulty.medium'), choice(texts, 'hard', 'choice.difficulty.hard')))
      .addStringOption((option) => describedOption(option, texts, 'category').setAutocomplete(true))
      .addStringOption((option) => describedOption(option, texts, 'type').addChoices(
        choice(texts, 'multiple_choice', 'choice.type.multiple_choice'), choice(texts, 'true_false', 'choice.type.true_false'), choice(texts, 'fill_blank', 'choice.type.fill_blank')))
      .addIntegerOption((option) => describedOption(option, texts, 'rounds').setMinValue(1).setMaxValue(20))
      .addStringOption((option) => describedOption(option, texts, 'who').addChoices(choice(texts, 'race', 'choice.who.race'), choice(texts, 'solo', 'choice.who.solo'))),
  run: startGame,
  autocomplete: async ({ store }: Services, { guildId, t }: Actor, interaction: AutocompleteInteraction) =>
    ({ kind: 'choices', choices: categoryChoices(t, await store.call('categories', { guildId }), interaction.options.getFocused()) }),
}

async function startGame(services: Services, actor: Actor, interaction: ChatInputCommandInteraction): Promise<Reply> {
  const { store, texts } = services
  const { t } = actor
  const { options } = interaction
  const difficulty = options.getString('difficulty')
  const result = await store.call('play', {
    channelId: actor.channelId, guildId: actor.guildId, userId: actor.userId, name: actor.name, locale: t.language, replyToken: interaction.token,
    mode: options.getString('who') === 'solo' ? 'solo' : 'race',
    difficulty: difficulty === 'any' ? 'any' : difficulty,
    category: options.getString('category'),
    questionType: options.getString('type'),
    rounds: options.getInteger('rounds') ?? 1,
  })
  switch (result.kind) {
    case 'busy': return whisper(t('game.alreadyRunning'))
    case 'no-question': return whisper(t('game.noQuestions'))
    case 'elsewhere': return whisper(t('game.channelNotAllowed', { channels: result.channels.slice(0, 10).map((id) => `<#${id}>`).join(' ') }))
    case 'started': {
      const { question } = result
      const { sessionId, roundId } = question
      return {
        kind: 'message', ephemeral: false, body: questionMessage(texts.for(question.locale), question),
        sent: ({ messageId }) => store.call('questionPosted', { sessionId, roundId, messageId }),
        // The game is there, and whoever looks after games posts its question in another way, unless it is the question itself.
        failed: (error) => store.call('postingFailed', { sessionId, hopeless: error instanceof DiscordAPIError && error.code === 50_035 }),
      }
    }
  }
}
