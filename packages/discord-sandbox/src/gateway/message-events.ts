import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10'
import { shardOf } from '../snowflake.ts'
import { hideContent } from '../state/hidden-content.ts'
import type { MessageChange } from '../state/messages.ts'
import type { StoredMessage } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import { wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import type { Gateway } from './gateway.ts'

/** Tells bots of messages. Ephemeral ones are told to nobody, and texts only to those who may read them. */
export function tellOfMessages(world: World, gateway: Gateway): (change: MessageChange, stored: StoredMessage) => void {
  return (change, stored) => {
    if (stored.onlyFor !== undefined) return
    const channel = world.channels.get(stored.channelId)
    if (channel === undefined) return
    const guild = world.guildOf(channel)
    const intent = guild === undefined ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages
    for (const session of gateway.sessions.values()) {
      const botId = session.application.id
      if ((session.intents & intent) === 0 || shardOf(stored.guildId, session.shard[1]) !== session.shard[0]) continue
      const sees = guild === undefined ? channel.recipients.includes(botId) : (permissionsOf(guild, botId, channel) & PermissionFlagsBits.ViewChannel) !== 0n
      if (!sees) continue
      session.dispatch(`MESSAGE_${change.toUpperCase()}`, change === 'delete' ? { id: stored.wire.id, channel_id: stored.channelId, guild_id: stored.guildId } : { ...asTold(world, stored, botId, session.intents), channel_type: channel.type })
    }
  }
}

function asTold(world: World, stored: StoredMessage, botId: string, intents: number): object {
  const guild = stored.guildId === undefined ? undefined : world.guilds.get(stored.guildId)
  const author = guild?.members.get(stored.wire.author.id)
  return {
    ...hideContent(stored, botId, (intents & GatewayIntentBits.MessageContent) !== 0),
    ...(guild === undefined ? {} : { guild_id: guild.id, ...(author === undefined ? {} : { member: { ...wireMember(world, author), user: undefined } }) }),
  }
}
