import type { APIApplicationCommand, APIMessage, APIOverwrite, APIRole, APIUser, ChannelType } from 'discord-api-types/v10'

/** A bot: its token, its commands, and what it may ask the gateway for. */
export interface Application {
  readonly id: string
  token: string
  readonly bot: APIUser
  /** The privileged intents that are switched on in the developer portal. */
  readonly privilegedIntents: number
  /** Commands by scope: `global`, or a guild's id. */
  readonly commands: Map<string, APIApplicationCommand[]>
}

/** Somebody with an account. */
export interface Person {
  readonly user: APIUser
  locale: string
  /** Takes direct messages of bots. */
  directMessages: boolean
}

/** A person in a guild. */
export interface Member {
  readonly userId: string
  readonly roles: Set<string>
  nick: string | null
  readonly joinedAt: string
}

/** A text channel of a guild, or a conversation between one person and a bot. */
export interface Channel {
  readonly id: string
  readonly guildId: string | undefined
  readonly type: ChannelType.GuildText | ChannelType.DM
  name: string
  topic: string | null
  nsfw: boolean
  position: number
  readonly overwrites: APIOverwrite[]
  /** For conversations: who talks. */
  readonly recipients: readonly string[]
  /** The last message that is not ephemeral, deleted or not. */
  lastMessageId: string | null
}

/** A server. */
export interface Guild {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly locale: string
  readonly roles: Map<string, APIRole>
  readonly members: Map<string, Member>
  readonly channels: Map<string, Channel>
}

/** A message as it is kept: what goes over the wire, and what does not. */
export interface StoredMessage {
  wire: APIMessage
  readonly channelId: string
  readonly guildId: string | undefined
  readonly applicationId: string | undefined
  /** The only one who sees an ephemeral message. */
  readonly onlyFor: string | undefined
  /** Who was notified: user ids, `&` and a role id, or `everyone`. */
  pings: readonly string[]
  deleted: boolean
}
