/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- flags are sums of bits */
import { type APIAttachment, type APIEmbed, type APIMessage, type APIMessageTopLevelComponent, MessageFlags, type MessageType } from 'discord-api-types/v10'
import { type JsonObject, numberOf, objectsOf, textOf, plain } from '../json.ts'
import type { Bus } from './bus.ts'
import { findMentions } from './mentions.ts'
import type { Channel, StoredMessage } from './model.ts'
import { userOf } from './wire.ts'
import type { World } from './world.ts'

/** A file that came with a request. */
export interface UploadedFile {
  /** The n of `files[n]`. */
  readonly index: number
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
}

/** What a new message is made of. */
export interface NewMessage {
  readonly channel: Channel
  readonly authorId: string
  readonly applicationId: string | undefined
  readonly body: JsonObject
  readonly files: readonly UploadedFile[]
  readonly type: MessageType
  /** Flags besides those of the body. */
  readonly flags: number
  readonly onlyFor: string | undefined
  /** For answers to interactions and to messages. */
  readonly extra: Partial<APIMessage>
}

const KEPT_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.Ephemeral | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2

/** Makes, changes and removes messages whose bodies have been validated. */
export class Messages {
  readonly #files = new Map<string, UploadedFile>()
  readonly #world: World
  readonly #bus: Bus
  readonly #now: () => number
  readonly #base: () => string

  /** @param base the address that attachments are fetched from */
  constructor(world: World, bus: Bus, now: () => number, base: () => string) {
    this.#world = world
    this.#bus = bus
    this.#now = now
    this.#base = base
  }

  create(message: NewMessage): StoredMessage {
    const { body, channel } = message
    const attachments = this.#attach(message.files, body['attachments'], channel)
    const content = textOf(body['content']) ?? ''
    const flags = ((numberOf(body['flags']) ?? 0) & KEPT_FLAGS) | message.flags
    const wire: APIMessage = {
      id: this.#world.makeId(), type: message.type, channel_id: channel.id, author: userOf(this.#world, message.authorId), content,
      timestamp: new Date(this.#now()).toISOString(), edited_timestamp: null, tts: body['tts'] === true, flags, pinned: false,
      mentions: [], mention_roles: [], mention_everyone: false, attachments, embeds: embedsOf(body, attachments), components: componentsOf(body),
      ...(message.applicationId === undefined ? {} : { application_id: message.applicationId, webhook_id: message.applicationId }),
      ...(body['nonce'] == null ? {} : { nonce: body['nonce'] as string }),
      ...message.extra,
    }
    const stored: StoredMessage = { wire, channelId: channel.id, guildId: channel.guildId, applicationId: message.applicationId, onlyFor: message.onlyFor, pings: [], deleted: false }
    this.#mention(stored, channel, body)
    this.#world.messages.set(wire.id, stored)
    this.#emit('create', stored)
    return stored
  }

  /** Absent fields stay; `null` empties. */
  edit(stored: StoredMessage, body: JsonObject, files: readonly UploadedFile[]): StoredMessage {
    const channel = this.#world.channels.get(stored.channelId)
    if (channel === undefined) throw new Error('A message is in no channel.')
    const wire: APIMessage = { ...stored.wire, edited_timestamp: new Date(this.#now()).toISOString() }
    wire.flags = (wire.flags ?? 0) & ~MessageFlags.Loading
    if ('flags' in body) wire.flags |= (numberOf(body['flags']) ?? 0) & (MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2)
    if ('content' in body) wire.content = textOf(body['content']) ?? ''
    const kept = 'attachments' in body ? wire.attachments.filter((known) => objectsOf(body['attachments']).some((each) => plain(each['id']) === known.id)) : wire.attachments
    wire.attachments = [...kept, ...this.#attach(files, body['attachments'], channel)]
    if ('embeds' in body) wire.embeds = embedsOf(body, wire.attachments)
    if ('components' in body) wire.components = componentsOf(body)
    const first = ((stored.wire.flags ?? 0) & MessageFlags.Loading) !== 0
    stored.wire = wire
    // An edit notifies nobody, unless it is the answer that a "thinking" message was waiting for.
    if ('content' in body) this.#mention(stored, channel, body, first)
    this.#emit('update', stored)
    return stored
  }

  delete(stored: StoredMessage): void {
    stored.deleted = true
    this.#world.messages.delete(stored.wire.id)
    this.#emit('delete', stored)
  }

  /** The file of an attachment's address. */
  file(attachmentId: string): UploadedFile | undefined {
    return this.#files.get(attachmentId)
  }

  #mention(stored: StoredMessage, channel: Channel, body: JsonObject, notifies = true): void {
    const mentions = findMentions(this.#world, channel, stored.wire.author.id, stored.wire.content, body['allowed_mentions'])
    stored.wire.mentions = mentions.users.map((id) => userOf(this.#world, id))
    stored.wire.mention_roles = [...mentions.roles]
    stored.wire.mention_everyone = mentions.everyone
    if (notifies) stored.pings = [...mentions.users, ...mentions.roles.map((id) => `&${id}`), ...(mentions.everyone ? ['everyone'] : [])]
  }

  #attach(files: readonly UploadedFile[], described: unknown, channel: Channel): APIAttachment[] {
    return files.map((file) => {
      const id = this.#world.makeId()
      this.#files.set(id, file)
      const about = objectsOf(described).find((each) => plain(each['id']) === String(file.index))
      const filename = (textOf(about?.['filename']) ?? file.name).replace(/[^\w.-]+/g, '_')
      const url = `${this.#base()}/attachments/${channel.id}/${id}/${filename}`
      const description = textOf(about?.['description'])
      return { id, filename, size: file.bytes.byteLength, url, proxy_url: url, content_type: file.contentType, ...(description === undefined ? {} : { description }) }
    })
  }

  #emit(change: 'create' | 'update' | 'delete', stored: StoredMessage): void {
    this.#bus.emit({ type: 'message', change, messageId: stored.wire.id, channelId: stored.channelId })
    this.onChange?.(change, stored)
  }

  /** What tells the gateway. */
  onChange: ((change: 'create' | 'update' | 'delete', stored: StoredMessage) => void) | undefined
}

/** Embeds as they come back: `attachment://` has become an address. */
function embedsOf(body: JsonObject, attachments: readonly APIAttachment[]): APIEmbed[] {
  const resolve = (part: unknown): unknown => {
    const url = textOf((part as JsonObject | undefined)?.['url'])
    const attachment = attachments.find((each) => url === `attachment://${each.filename}`)
    return attachment === undefined ? part : { ...(part as JsonObject), url: attachment.url, proxy_url: attachment.url }
  }
  return objectsOf(body['embeds']).map((embed) => ({
    ...embed, type: 'rich',
    ...(embed['image'] == null ? {} : { image: resolve(embed['image']) }),
    ...(embed['thumbnail'] == null ? {} : { thumbnail: resolve(embed['thumbnail']) }),
  }) as APIEmbed)
}

function componentsOf(body: JsonObject): APIMessageTopLevelComponent[] {
  let next = 0
  const number = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(number)
    if (typeof value !== 'object' || value === null || !('type' in value)) return value
    next += 1
    const id = next
    return Object.fromEntries([['id', id], ...Object.entries(value).map(([key, part]) => [key, ['components', 'accessory'].includes(key) ? number(part) : part])])
  }
  return number(objectsOf(body['components'])) as APIMessageTopLevelComponent[]
}
