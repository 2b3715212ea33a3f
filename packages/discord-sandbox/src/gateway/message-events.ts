import { GatewayIntentBits } from 'discord-api-types/v10'
import type { StoredMessage } from '../state/model.ts'
import { wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import type { Gateway } from './gateway.ts'
import { shardOf } from '../snowflake.ts'

/** Tells bots of messages. Ephemeral ones are told to nobody, and texts only to those who may read them. */
export function tellOfMessages(world: World, gateway: Gateway): (change: 'create' | 'update' | 'delete', stored: StoredMessage) => void {
  return (change, stored) => {
    if (stored.onlyFor !== undefined) return
    const guild = stored.guildId === undefined ? undefined : world.guilds.get(stored.guildId)
    const recipients = world.channels.get(stored.channelId)?.recipients ?? []
    for (const session of gateway.sessions.values()) {
      const botId = session.application.id
      if (guild === undefined ? !recipients.includes(botId) : !guild.members.has(botId)) continue
      if (shardOf(stored.guildId, session.shard[1]) !== session.shard[0]) continue
      if ((session.intents & (guild === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages)) === 0) continue
      session.dispatch(`MESSAGE_${change.toUpperCase()}`, change === 'delete' ? { id: stored.wire.id, channel_id: stored.channelId, guild_id: stored.guildId } : seenBy(world, stored, botId, session.intents))
    }
  }
}

/** https://docs.discord.com/developers/events/gateway#message-content-intent */
function seenBy(world: World, stored: StoredMessage, botId: string, intents: number): object {
  const guild = stored.guildId === undefined ? undefined : world.guilds.get(stored.guildId)
  const readable = (intents & GatewayIntentBits.MessageContent) !== 0 || guild === undefined || stored.wire.author.id === botId || stored.wire.mentions.some((user) => user.id === botId)
  const author = guild?.members.get(stored.wire.author.id)
  return {
    ...stored.wire,
    ...(readable ? {} : { content: '', embeds: [], attachments: [], components: [] }),
    ...(guild === undefined ? {} : { guild_id: guild.id, ...(author === undefined ? {} : { member: { ...wireMember(world, author), user: undefined } }) }),
  }
}
