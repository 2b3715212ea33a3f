/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment, @typescript-eslint/no-deprecated -- no flag is set; clients still read color */
import { type APIRole, type APIUser, ChannelType, PermissionFlagsBits, RoleFlags } from 'discord-api-types/v10'
import type { MakeId } from '../snowflake.ts'
import type { Application, Channel, Guild, Member, Person, StoredMessage } from './model.ts'

/** What everybody may do in a new server, as in Discord's own. */
export const DEFAULT_PERMISSIONS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.AddReactions | PermissionFlagsBits.UseExternalEmojis | PermissionFlagsBits.UseApplicationCommands

/** Everything there is: applications, people, guilds, channels, messages. */
export class World {
  readonly applications = new Map<string, Application>()
  readonly people = new Map<string, Person>()
  readonly guilds = new Map<string, Guild>()
  readonly channels = new Map<string, Channel>()
  readonly messages = new Map<string, StoredMessage>()
  readonly makeId: MakeId
  readonly #now: () => number

  constructor(makeId: MakeId, now: () => number) {
    this.makeId = makeId
    this.#now = now
  }

  /** A new application with its bot user. */
  addApplication(options: { name: string; token: string; privilegedIntents: number; id?: string }): Application {
    const id = options.id ?? this.makeId()
    const bot: APIUser = { ...newUser(id, options.name), global_name: null, bot: true }
    const application: Application = { id, token: options.token, bot, privilegedIntents: options.privilegedIntents, commands: new Map() }
    this.applications.set(id, application)
    this.people.set(id, { user: bot, locale: 'en-US' })
    return application
  }

  /** A new account. */
  addPerson(options: { name: string; locale?: string; id?: string }): Person {
    const id = options.id ?? this.makeId()
    const person: Person = { user: newUser(id, options.name), locale: options.locale ?? 'en-US' }
    this.people.set(id, person)
    return person
  }

  /** A new server, owned by nobody who plays unless told otherwise. */
  addGuild(options: { name: string; locale?: string; ownerId?: string; id?: string }): Guild {
    const id = options.id ?? this.makeId()
    const ownerId = options.ownerId ?? this.addPerson({ name: `owner of ${options.name}` }).user.id
    const guild: Guild = { id, name: options.name, ownerId, locale: options.locale ?? 'en-US', roles: new Map(), members: new Map(), channels: new Map() }
    guild.roles.set(id, newRole(id, '@everyone', 0, DEFAULT_PERMISSIONS))
    this.guilds.set(id, guild)
    this.join(guild, ownerId)
    return guild
  }

  /** A new text channel. */
  addChannel(guild: Guild, name: string, id = this.makeId()): Channel {
    const channel: Channel = { id, guildId: guild.id, type: ChannelType.GuildText, name, overwrites: [], recipients: [] }
    guild.channels.set(channel.id, channel)
    this.channels.set(channel.id, channel)
    return channel
  }

  /** The conversation of a person and a bot. */
  directChannel(botId: string, userId: string): Channel {
    for (const known of this.channels.values()) if (known.type === ChannelType.DM && known.recipients.includes(botId) && known.recipients.includes(userId)) return known
    const channel: Channel = { id: this.makeId(), guildId: undefined, type: ChannelType.DM, name: '', overwrites: [], recipients: [botId, userId] }
    this.channels.set(channel.id, channel)
    return channel
  }

  /** A new role with these permissions. */
  addRole(guild: Guild, name: string, permissions: bigint): APIRole {
    const role = newRole(this.makeId(), name, guild.roles.size, permissions)
    guild.roles.set(role.id, role)
    return role
  }

  /** Makes somebody a member, or finds that they are one. */
  join(guild: Guild, userId: string): Member {
    const known = guild.members.get(userId)
    if (known !== undefined) return known
    const member: Member = { userId, roles: new Set(), nick: null, joinedAt: new Date(this.#now()).toISOString() }
    guild.members.set(userId, member)
    return member
  }

  /** The application of this token, as it stands after `Bot `. */
  applicationOf(token: string): Application | undefined {
    for (const application of this.applications.values()) if (application.token === token) return application
    return undefined
  }
}

function newUser(id: string, name: string): APIUser {
  const username = name.toLowerCase().replace(/[^a-z0-9._]+/g, '_').slice(0, 32)
  return { id, username, discriminator: '0', global_name: name, avatar: null }
}

function newRole(id: string, name: string, position: number, permissions: bigint): APIRole {
  const flags: RoleFlags = 0 as RoleFlags
  return { id, name, color: 0, colors: { primary_color: 0, secondary_color: null, tertiary_color: null }, hoist: false, position, permissions: String(permissions), managed: false, mentionable: false, flags }
}
