import type { APIRole } from 'discord-api-types/v10'
import { idAt } from '../snowflake.ts'
import { blankChannel, blankRole, DEFAULT_PERMISSIONS } from './blank.ts'
import type { Channel, Guild, Member } from './model.ts'
import type { World } from './world.ts'

/** Many servers of one kind, for a bot's memory. */
export interface ManyGuilds {
  /** Servers in all, the first one included; from 1. */
  readonly count: number
  /** Channels of each; 20. */
  readonly channels?: number
  /** Roles of each besides @everyone; 15. */
  readonly roles?: number
}

// Any time before the sandbox's own ids begin; a prime number of milliseconds apart, so that they spread over any number of shards.
const FIRST = Date.UTC(2016, 0, 1)
const APART_MS = 997
const ROLE_IDS = 2_048

/** Adds servers whose channels and roles are made when they are first looked at. */
export function addManyGuilds(world: World, botId: string, many: ManyGuilds): void {
  const ownerId = world.addPerson({ name: 'owner of many' }).user.id
  const joinedAt = new Date(FIRST).toISOString()
  for (let index = 1; index < many.count; index += 1) {
    world.guilds.set(idAt(FIRST + index * APART_MS, 0), new UniformGuild(world, { index, ownerId, botId, joinedAt, channels: many.channels ?? 20, roles: many.roles ?? 15 }))
  }
}

class UniformGuild implements Guild {
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly locale = 'en-US'
  readonly members: Map<string, Member>
  readonly #world: World
  readonly #sizes: { at: number; channels: number; roles: number }
  #roles: Map<string, APIRole> | undefined
  #channels: Map<string, Channel> | undefined

  constructor(world: World, about: { index: number; ownerId: string; botId: string; joinedAt: string; channels: number; roles: number }) {
    const at = FIRST + about.index * APART_MS
    this.#world = world
    this.#sizes = { at, channels: about.channels, roles: about.roles }
    this.id = idAt(at, 0)
    this.name = `Server ${about.index}`
    this.ownerId = about.ownerId
    this.members = new Map([about.ownerId, about.botId].map((userId) => [userId, { userId, roles: new Set(), nick: null, joinedAt: about.joinedAt }]))
  }

  get roles(): Map<string, APIRole> {
    if (this.#roles !== undefined) return this.#roles
    const roles = Array.from({ length: this.#sizes.roles }, (_, index) => blankRole(idAt(this.#sizes.at, ROLE_IDS + index), `role ${index + 1}`, index + 1, 0n))
    this.#roles = new Map([blankRole(this.id, '@everyone', 0, DEFAULT_PERMISSIONS), ...roles].map((role) => [role.id, role]))
    return this.#roles
  }

  get channels(): Map<string, Channel> {
    if (this.#channels !== undefined) return this.#channels
    const channels = Array.from({ length: this.#sizes.channels }, (_, index) => blankChannel(idAt(this.#sizes.at, index + 1), this.id, `channel-${index + 1}`, index))
    for (const channel of channels) this.#world.channels.set(channel.id, channel)
    this.#channels = new Map(channels.map((channel) => [channel.id, channel]))
    return this.#channels
  }
}
