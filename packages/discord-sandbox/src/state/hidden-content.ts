import type { APIMessage } from 'discord-api-types/v10'
import type { StoredMessage } from './model.ts'

/** A message as a bot gets it: without the intent, what others write is empty unless it is a direct message or mentions the bot. https://docs.discord.com/developers/events/gateway#message-content-intent */
export function hideContent(stored: StoredMessage, botId: string, hasIntent: boolean): APIMessage {
  const { wire } = stored
  const readable = hasIntent || stored.guildId === undefined || wire.author.id === botId || wire.mentions.some((user) => user.id === botId)
  return readable ? wire : { ...wire, content: '', embeds: [], attachments: [], components: [] }
}
