import type { Actor, Services } from '../discord/handler.ts'
import { type Reply, whisper } from '../discord/reply.ts'
import { questionMessage } from '../messages/question-message.ts'
import type { TriviaCommand } from './command.ts'
import { describedCommand } from './described.ts'

/** `/trivia daily`: the question of the day, for its player only. */
export const daily = challengeCommand('daily')

/** `/trivia weekly`: five questions until Monday, for their player only. */
export const weekly = challengeCommand('weekly')

function challengeCommand(kind: 'daily' | 'weekly'): TriviaCommand {
  return {
    name: kind,
    ephemeral: true,
    describe: (builder, texts) => describedCommand(builder, texts, kind),
    run: (services, actor, interaction) => challengeReply(services, actor, kind, interaction.token, 'message'),
  }
}

/** The next question of a challenge as a message, or in place of the last one. */
export async function challengeReply({ store }: Services, actor: Actor, kind: 'daily' | 'weekly', replyToken: string, as: 'message' | 'update'): Promise<Reply> {
  const { t } = actor
  const result = await store.call('challenge', {
    kind, channelId: actor.channelId, guildId: actor.guildId, userId: actor.userId, name: actor.name, locale: t.language, replyToken,
  })
  if (result.kind === 'no-question') return whisper(t(`${kind}.none`))
  if (result.kind === 'done') return whisper(`${t(`${kind}.done`)} ${t(`${kind}.next`, { at: Math.floor(result.next / 1000) })}`)
  const { question } = result
  const { sessionId, roundId } = question
  const delivery = {
    body: questionMessage(t, question),
    sent: () => store.call('questionPosted', { sessionId, roundId, messageId: null, replyToken }),
    failed: () => store.call('postingFailed', { sessionId, hopeless: true }),
  }
  return as === 'update' ? { kind: 'update', ...delivery } : { kind: 'message', ephemeral: true, ...delivery }
}
