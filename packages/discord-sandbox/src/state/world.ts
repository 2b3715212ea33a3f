import type { APIRole, APIUser } from 'discord-api-types/v10'
import { idOfName, type MakeId } from '../snowflake.ts'
import { blankChannel, blankConversation, blankRole, blankUser, type ChannelOptions, DEFAULT_PERMISSIONS } from './blank.ts'
import { MessageStore } from './message-store.ts'
import type { Application, Channel, Guild, Member, Person } from './model.ts'

/** Everything there is: applications, people, guilds, channels, messages. */
export class World {
  readonly applications = new Map<string, Application>()
  readonly people = new Map<string, Person>()
  readonly guilds = new Map<string, Guild>()
  readonly channels = new Map<string, Channel>()
  readonly messages: MessageStore
  readonly makeId: MakeId
  readonly #conversations = new Map<string, Channel>()
  readonly #now: () => number
  readonly #stableIds: boolean
  readonly #named = new Set<string>()

  constructor(makeId: MakeId, now: () => number, { keptMessagesPerChannel = 10_000, stableIds = false } = {}) {
    this.makeId = makeId
    this.#stableIds = stableIds
    this.#now = now
    this.messages = new MessageStore(keptMessagesPerChannel)
  }

  /** A new application with its bot user. */
  addApplication(options: { name: string; token: string; privilegedIntents: number; id?: string }): Application {
    const id = options.id ?? this.#idOf('application', options.name)
    const bot: APIUser = { ...blankUser(id, options.name), global_name: null, bot: true }
    const application: Application = { id, token: options.token, bot, privilegedIntents: options.privilegedIntents, commands: new Map() }
    this.applications.set(id, application)
    this.people.set(id, { user: bot, locale: 'en-US', directMessages: false })
    return application
  }

  /** A new account. */
  addPerson(options: { name: string; locale?: string; id?: string }): Person {
    const id = options.id ?? this.#idOf('person', options.name)
    const person: Person = { user: blankUser(id, options.name), locale: options.locale ?? 'en-US', directMessages: true }
    this.people.set(id, person)
    return person
  }

  /** A new server, owned by nobody who plays unless told otherwise. */
  addGuild(options: { name: string; locale?: string; ownerId?: string; id?: string }): Guild {
    const id = options.id ?? this.#idOf('guild', options.name)
    const ownerId = options.ownerId ?? this.addPerson({ name: `owner of ${options.name}` }).user.id
    const guild: Guild = { id, name: options.name, ownerId, locale: options.locale ?? 'en-US', roles: new Map(), members: new Map(), channels: new Map() }
    guild.roles.set(id, blankRole(id, '@everyone', 0, DEFAULT_PERMISSIONS))
    this.guilds.set(id, guild)
    this.join(guild, ownerId)
    return guild
  }

  /** Forgets a server with its channels and their messages. */
  removeGuild(guild: Guild): void {
    for (const channel of [...guild.channels.values()]) this.removeChannel(channel)
    this.guilds.delete(guild.id)
  }

  /** A new text channel. */
  addChannel(guild: Guild, name: string, options: ChannelOptions = {}): Channel {
    const channel = blankChannel(options.id ?? this.#idOf('channel', guild.id, name), guild.id, name, guild.channels.size, options)
    guild.channels.set(channel.id, channel)
    this.channels.set(channel.id, channel)
    return channel
  }

  /** Forgets a channel and its messages. */
  removeChannel(channel: Channel): void {
    this.guilds.get(channel.guildId ?? '')?.channels.delete(channel.id)
    this.channels.delete(channel.id)
    this.messages.dropChannel(channel.id)
  }

  /** The conversation of a person and a bot. */
  directChannel(botId: string, userId: string): Channel {
    const key = `${botId} ${userId}`
    const known = this.#conversations.get(key)
    if (known !== undefined) return known
    const channel = blankConversation(this.#idOf('conversation', key), [botId, userId])
    this.#conversations.set(key, channel)
    this.channels.set(channel.id, channel)
    return channel
  }

  /** A new role with these permissions. */
  addRole(guild: Guild, name: string, permissions: bigint): APIRole {
    const role = blankRole(this.makeId(), name, guild.roles.size, permissions)
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

  /** The server of a channel; none for a conversation. */
  guildOf(channel: Channel): Guild | undefined {
    return channel.guildId === undefined ? undefined : this.guilds.get(channel.guildId)
  }

  /** By its name, where ids are to be the same in every run; the second of a name has one of its own. */
  #idOf(...name: readonly string[]): string {
    const key = JSON.stringify(name)
    if (!this.#stableIds || this.#named.has(key)) return this.makeId()
    this.#named.add(key)
    return idOfName(key)
  }

  /** The application of this token, as it stands after `Bot `. */
  applicationOf(token: string): Application | undefined {
    for (const application of this.applications.values()) if (application.token === token) return application
    return undefined
  }
}
