import type { Files } from '../state/files.ts'
import type { Channel, Guild } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import { userOf, wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'

/** A file that a user gives to an option or writes with a message. */
export interface GivenFile {
  readonly filename: string
  readonly content: string | Uint8Array
  /** `application/octet-stream`, or `text/plain` for a text. */
  readonly contentType?: string | undefined
}

/** Where a user is: what their ids can mean there. */
export interface Scene {
  readonly world: World
  readonly files: Files
  readonly guild: Guild | undefined
  readonly channel: Channel
}

/** Collects an interaction's `resolved`: what the ids in it stand for. Each method says whether there is such a thing. */
export class Resolved {
  readonly #kinds: Record<string, Record<string, unknown>> = {}
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  user(id: string): boolean {
    const { world, guild, channel } = this.#scene
    if (!world.people.has(id)) return false
    this.#keep('users', id, userOf(world, id))
    const member = guild?.members.get(id)
    if (guild !== undefined && member !== undefined) this.#keep('members', id, { ...wireMember(world, member), user: undefined, permissions: String(permissionsOf(guild, id, channel)) })
    return true
  }

  channel(id: string): boolean {
    const channel = this.#scene.guild?.channels.get(id)
    if (channel === undefined) return false
    this.#keep('channels', id, { id, name: channel.name, type: channel.type, permissions: '0' })
    return true
  }

  role(id: string): boolean {
    const role = this.#scene.guild?.roles.get(id)
    if (role === undefined) return false
    this.#keep('roles', id, role)
    return true
  }

  mentionable(id: string): boolean {
    return this.user(id) || this.role(id)
  }

  message(id: string): boolean {
    const message = this.#scene.world.messages.get(id)
    if (message?.channelId !== this.#scene.channel.id) return false
    this.#keep('messages', id, message.wire)
    return true
  }

  /** Keeps a file where the bot can fetch it; the result is its id. */
  file(file: GivenFile): string {
    const attachment = this.#scene.files.keep(uploaded(file, 0), this.#scene.channel.id, { ephemeral: true })
    this.#keep('attachments', attachment.id, attachment)
    return attachment.id
  }

  /** For the interaction's data: nothing if nothing was resolved. */
  data(): { resolved?: object } {
    return Object.keys(this.#kinds).length === 0 ? {} : { resolved: this.#kinds }
  }

  #keep(kind: string, id: string, thing: unknown): void {
    (this.#kinds[kind] ??= {})[id] = thing
  }
}

/** A given file as requests bring it. */
export function uploaded(file: GivenFile, index: number): { index: number; name: string; contentType: string; bytes: Uint8Array } {
  const text = typeof file.content === 'string'
  return { index, name: file.filename, contentType: file.contentType ?? (text ? 'text/plain; charset=utf-8' : 'application/octet-stream'), bytes: text ? Buffer.from(file.content) : file.content }
}
