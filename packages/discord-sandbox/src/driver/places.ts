import { NotPossible } from '../errors.ts'
import type { PlaceEvents } from '../gateway/place-events.ts'
import type { ChannelOptions } from '../state/blank.ts'
import type { Messages } from '../state/messages.ts'
import type { Application, Channel, Guild } from '../state/model.ts'
import type { World } from '../state/world.ts'
import type { SeenMessage } from './seen.ts'

/** Servers, channels and messages as their moderators change them; bots are told of each change. */
export class Places {
  readonly #world: World
  readonly #events: PlaceEvents
  readonly #messages: Messages
  readonly #application: Application

  constructor(parts: { world: World; events: PlaceEvents; messages: Messages; application: Application }) {
    this.#world = parts.world
    this.#events = parts.events
    this.#messages = parts.messages
    this.#application = parts.application
  }

  /** A further server, which the bot is in, with one channel. The id decides the shard. */
  addGuild(name: string, locale = 'en-US', id?: string): { guild: Guild; channel: Channel } {
    const guild = this.#world.addGuild({ name, locale, ...(id === undefined ? {} : { id }) })
    this.#world.join(guild, this.#application.id)
    const channel = this.#world.addChannel(guild, 'general')
    this.#events.guildCreated(guild)
    return { guild, channel }
  }

  /** Deletes a server. */
  deleteGuild(guild: Guild): void {
    this.#world.removeGuild(guild)
    this.#events.guildDeleted(guild, guild.members.has(this.#application.id) ? [this.#application.id] : [])
  }

  /** Removes the bot from a server, which stays. */
  removeBot(guild: Guild): void {
    if (!guild.members.delete(this.#application.id)) return
    this.#events.guildDeleted(guild, [this.#application.id])
  }

  /** Adds the bot to a server again. */
  addBot(guild: Guild): void {
    if (guild.members.has(this.#application.id)) return
    this.#world.join(guild, this.#application.id)
    this.#events.guildCreated(guild)
  }

  /** A further text channel. */
  addChannel(guild: Guild, name: string, options: ChannelOptions = {}): Channel {
    const channel = this.#world.addChannel(guild, name, options)
    this.#events.channel('create', guild, channel)
    return channel
  }

  /** Changes a channel. */
  updateChannel(channel: Channel, change: { name?: string; topic?: string | null; nsfw?: boolean }): void {
    const guild = this.#guildOf(channel)
    Object.assign(channel, change)
    this.#events.channel('update', guild, channel)
  }

  /** Deletes a channel and its messages; bots are told of the channel only. */
  deleteChannel(channel: Channel): void {
    const guild = this.#guildOf(channel)
    this.#world.removeChannel(channel)
    this.#events.channel('delete', guild, channel)
  }

  /** A moderator deletes a message; nothing if it is gone already. */
  deleteMessage(message: SeenMessage): void {
    const stored = this.#world.messages.get(message.id)
    if (stored?.onlyFor !== undefined) throw new NotPossible('Nobody else sees an ephemeral message.')
    if (stored !== undefined) this.#messages.delete(stored)
  }

  #guildOf(channel: Channel): Guild {
    const guild = this.#world.guildOf(channel)
    if (guild === undefined) throw new NotPossible('A conversation cannot be changed.')
    return guild
  }
}
