import { type APIRole, OverwriteType } from 'discord-api-types/v10'
import { NotPossible } from '../errors.ts'
import type { PlaceEvents } from '../gateway/place-events.ts'
import type { Application, Channel, Guild, Member } from '../state/model.ts'
import type { World } from '../state/world.ts'

/** Who is in a server, and what they may do; bots are told of each change. */
export class Members {
  readonly #world: World
  readonly #events: PlaceEvents
  readonly #personalRoles = new Map<string, APIRole>()

  constructor(world: World, events: PlaceEvents) {
    this.#world = world
    this.#events = events
  }

  /** Makes somebody a member; nothing if they are one. */
  join(guild: Guild, userId: string): Member {
    const known = guild.members.get(userId)
    if (known !== undefined) return known
    const member = this.#world.join(guild, userId)
    this.#events.member('create', guild, member)
    return member
  }

  /** Somebody leaves, or is removed; nothing if they are no member. */
  leave(guild: Guild, userId: string): void {
    const member = guild.members.get(userId)
    if (member === undefined) return
    if (guild.ownerId === userId) throw new NotPossible('The owner of a server cannot leave it.')
    guild.members.delete(userId)
    this.#events.member('delete', guild, member)
  }

  /** Gives somebody a role of their own with these permission bits, or changes it. */
  setPermissions(guild: Guild, userId: string, permissions: bigint): void {
    const key = `${guild.id} ${userId}`
    const known = this.#personalRoles.get(key)
    const role = known ?? this.#world.addRole(guild, `role of ${this.#world.people.get(userId)?.user.username ?? userId}`, permissions)
    role.permissions = String(permissions)
    this.#personalRoles.set(key, role)
    this.#events.role(known === undefined ? 'create' : 'update', guild, role)
    const member = this.join(guild, userId)
    if (member.roles.has(role.id)) return
    member.roles.add(role.id)
    this.#events.member('update', guild, member)
  }

  /** Allows or denies a bot permissions in one channel, over all its roles. */
  overwriteBot(application: Application, channel: Channel, change: { allow?: bigint; deny?: bigint }): void {
    const guild = this.#world.guildOf(channel)
    if (guild === undefined) throw new NotPossible('There are no permissions in a conversation.')
    const index = channel.overwrites.findIndex((each) => each.id === application.id)
    const known = channel.overwrites[index]
    const [allow, deny] = [change.allow ?? 0n, change.deny ?? 0n]
    const made = {
      id: application.id, type: OverwriteType.Member,
      allow: String((BigInt(known?.allow ?? 0) & ~deny) | allow), deny: String((BigInt(known?.deny ?? 0) & ~allow) | deny),
    }
    channel.overwrites.splice(index < 0 ? channel.overwrites.length : index, 1, made)
    this.#events.channel('update', guild, channel)
  }

  /** A new role of a server. */
  addRole(guild: Guild, name: string, permissions: bigint): APIRole {
    const role = this.#world.addRole(guild, name, permissions)
    this.#events.role('create', guild, role)
    return role
  }

  /** Changes what a role allows; the role with the server's id is everybody's. */
  setRolePermissions(guild: Guild, roleId: string, permissions: bigint): void {
    const role = guild.roles.get(roleId)
    if (role === undefined) throw new NotPossible('There is no such role.')
    role.permissions = String(permissions)
    this.#events.role('update', guild, role)
  }
}
