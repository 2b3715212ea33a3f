import type { APIRole } from 'discord-api-types/v10'
import type { Bus, PlaceEvent } from '../state/bus.ts'
import type { Channel, Guild, Member } from '../state/model.ts'
import { userOf, wireChannel, wireGuildCreate, wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import type { Gateway } from './gateway.ts'

/** Tells bots, and the bus, of servers and what is in them. */
export interface PlaceEvents {
  guildCreated(guild: Guild): void
  /** To these bots the server is gone, be it deleted or that they were removed. */
  guildDeleted(guild: Guild, botIds: readonly string[]): void
  channel(change: PlaceEvent['change'], guild: Guild, channel: Channel): void
  role(change: 'create' | 'update', guild: Guild, role: APIRole): void
  member(change: PlaceEvent['change'], guild: Guild, member: Member): void
}

/** @param gateway told first, so that who waits on the bus finds the bots informed */
export function createPlaceEvents(world: World, gateway: Gateway, bus: Bus): PlaceEvents {
  const bots = (guild: Guild): string[] => [...world.applications.keys()].filter((id) => guild.members.has(id))
  const tell = (guild: Guild, event: string, data: object): void => {
    for (const id of bots(guild)) gateway.dispatch(id, guild.id, event, data)
  }
  const note = (what: PlaceEvent['what'], change: PlaceEvent['change'], guild: Guild, id: string): void => bus.emit({ type: 'place', what, change, guildId: guild.id, id })
  return {
    guildCreated: (guild) => {
      for (const application of world.applications.values()) if (guild.members.has(application.id)) gateway.dispatch(application.id, guild.id, 'GUILD_CREATE', wireGuildCreate(world, guild, application))
      note('guild', 'create', guild, guild.id)
    },
    guildDeleted: (guild, botIds) => {
      for (const id of botIds) gateway.dispatch(id, guild.id, 'GUILD_DELETE', { id: guild.id })
      note('guild', 'delete', guild, guild.id)
    },
    channel: (change, guild, channel) => {
      tell(guild, `CHANNEL_${change.toUpperCase()}`, wireChannel(world, channel))
      note('channel', change, guild, channel.id)
    },
    role: (change, guild, role) => {
      tell(guild, `GUILD_ROLE_${change.toUpperCase()}`, { guild_id: guild.id, role })
      note('role', change, guild, role.id)
    },
    member: (change, guild, member) => {
      const kind = { create: 'ADD', update: 'UPDATE', delete: 'REMOVE' }[change]
      tell(guild, `GUILD_MEMBER_${kind}`, { guild_id: guild.id, ...(change === 'delete' ? { user: userOf(world, member.userId) } : wireMember(world, member)) })
      note('member', change, guild, member.userId)
    },
  }
}
