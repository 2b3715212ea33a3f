/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- no flag is set */
import { type APIGuildMember, type APIUser, ChannelType, GuildMemberFlags } from 'discord-api-types/v10'
import { permissionsOf } from './permissions.ts'
import type { Application, Channel, Guild, Member } from './model.ts'
import type { World } from './world.ts'

/** A channel as Discord sends it. */
export function wireChannel(world: World, channel: Channel): object {
  const common = { id: channel.id, type: channel.type, last_message_id: channel.lastMessageId, flags: 0 }
  if (channel.type === ChannelType.DM) return { ...common, recipients: channel.recipients.filter((id) => !world.applications.has(id)).map((id) => userOf(world, id)) }
  return { ...common, guild_id: channel.guildId, name: channel.name, position: channel.position, permission_overwrites: channel.overwrites, topic: channel.topic, nsfw: channel.nsfw, rate_limit_per_user: 0, parent_id: null }
}

/** A member as Discord sends it. */
export function wireMember(world: World, member: Member): APIGuildMember {
  const flags: GuildMemberFlags = 0 as GuildMemberFlags
  return { user: userOf(world, member.userId), nick: member.nick, roles: [...member.roles], joined_at: member.joinedAt, deaf: false, mute: false, flags, avatar: null, banner: null, premium_since: null, pending: false, communication_disabled_until: null }
}

/** A member in an interaction: with what they may do in the channel. */
export function wireActor(world: World, guild: Guild, member: Member, channel: Channel): object {
  return { ...wireMember(world, member), permissions: String(permissionsOf(guild, member.userId, channel)) }
}

/** What `GET /guilds/{id}` answers. */
export function wireGuild(guild: Guild): object {
  return {
    id: guild.id, name: guild.name, icon: null, splash: null, discovery_splash: null, banner: null, description: null, owner_id: guild.ownerId, preferred_locale: guild.locale,
    roles: [...guild.roles.values()], emojis: [], stickers: [], features: [], afk_channel_id: null, afk_timeout: 300, verification_level: 0, default_message_notifications: 0,
    explicit_content_filter: 0, mfa_level: 0, application_id: null, system_channel_id: null, system_channel_flags: 0, rules_channel_id: null, public_updates_channel_id: null,
    safety_alerts_channel_id: null, vanity_url_code: null, premium_tier: 0, premium_subscription_count: 0, premium_progress_bar_enabled: false, nsfw_level: 0, max_members: 500_000, incidents_data: null,
  }
}

/** What GUILD_CREATE carries. Without the intent for members a bot is told of nobody but itself. */
export function wireGuildCreate(world: World, guild: Guild, application: Application): object {
  const own = guild.members.get(application.id)
  return {
    ...wireGuild(guild), joined_at: own?.joinedAt ?? null, large: guild.members.size > 50, unavailable: false, member_count: guild.members.size, voice_states: [], threads: [],
    members: own === undefined ? [] : [wireMember(world, own)], channels: [...guild.channels.values()].map((channel) => wireChannel(world, channel)), presences: [], stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [],
  }
}

/** The account of an id that is known to exist. */
export function userOf(world: World, id: string): APIUser {
  const person = world.people.get(id)
  if (person === undefined) throw new Error(`There is no account ${id}.`)
  return person.user
}
