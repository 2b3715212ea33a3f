/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- flags are sums of bits */
import { type APIMessage, MessageFlags, type MessageType } from 'discord-api-types/v10'
import { type JsonObject, numberOf, objectsOf, plain, textOf } from '../json.ts'
import type { Bus } from './bus.ts'
import type { Files, UploadedFile } from './files.ts'
import { findMentions } from './mentions.ts'
import { componentsOf, embedsOf, shownText } from './message-body.ts'
import type { Channel, StoredMessage } from './model.ts'
import { userOf } from './wire.ts'
import type { World } from './world.ts'

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

/** What can happen to a message. */
export type MessageChange = 'create' | 'update' | 'delete'

const KEPT_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.Ephemeral | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2
const EDITABLE_FLAGS = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2

/** Makes, changes and removes messages whose bodies have been validated. */
export class Messages {
  readonly #parts: { world: World; bus: Bus; files: Files; now: () => number; tell: (change: MessageChange, stored: StoredMessage) => void }

  /** @param parts `tell` brings a change to the bots, before the bus has it */
  constructor(parts: { world: World; bus: Bus; files: Files; now: () => number; tell: (change: MessageChange, stored: StoredMessage) => void }) {
    this.#parts = parts
  }

  create(message: NewMessage): StoredMessage {
    const { body, channel } = message
    const { world, files, now } = this.#parts
    const attachments = files.keepAll(message.files, body['attachments'], channel.id)
    const flags = ((numberOf(body['flags']) ?? 0) & KEPT_FLAGS) | message.flags
    const wire: APIMessage = {
      id: world.makeId(), type: message.type, channel_id: channel.id, author: userOf(world, message.authorId), content: textOf(body['content']) ?? '',
      timestamp: new Date(now()).toISOString(), edited_timestamp: null, tts: body['tts'] === true, flags, pinned: false,
      mentions: [], mention_roles: [], mention_everyone: false, attachments, embeds: embedsOf(body, attachments), components: componentsOf(body, attachments),
      ...(message.applicationId === undefined ? {} : { application_id: message.applicationId, webhook_id: message.applicationId }),
      ...(body['nonce'] == null ? {} : { nonce: body['nonce'] as string }),
      ...message.extra,
    }
    const stored: StoredMessage = { wire, channelId: channel.id, guildId: channel.guildId, applicationId: message.applicationId, onlyFor: message.onlyFor, pings: [], deleted: false }
    this.#mention(stored, channel, body)
    world.messages.set(wire.id, stored)
    if (message.onlyFor === undefined) channel.lastMessageId = wire.id
    this.#tell('create', stored)
    return stored
  }

  /** Absent fields stay; `null` empties. */
  edit(stored: StoredMessage, body: JsonObject, files: readonly UploadedFile[]): StoredMessage {
    const channel = this.#parts.world.channels.get(stored.channelId)
    if (channel === undefined) throw new Error('A message is in no channel.')
    const first = ((stored.wire.flags ?? 0) & MessageFlags.Loading) !== 0
    const wire: APIMessage = { ...stored.wire, edited_timestamp: new Date(this.#parts.now()).toISOString() }
    wire.flags = (wire.flags ?? 0) & ~MessageFlags.Loading
    if ('flags' in body) wire.flags |= (numberOf(body['flags']) ?? 0) & EDITABLE_FLAGS
    if ('content' in body) wire.content = textOf(body['content']) ?? ''
    const kept = 'attachments' in body ? wire.attachments.filter((known) => objectsOf(body['attachments']).some((each) => plain(each['id']) === known.id)) : wire.attachments
    wire.attachments = [...kept, ...this.#parts.files.keepAll(files, body['attachments'], channel.id)]
    if ('embeds' in body) wire.embeds = embedsOf(body, wire.attachments)
    if ('components' in body) wire.components = componentsOf(body, wire.attachments)
    stored.wire = wire
    // An edit notifies nobody, unless it is the answer that a "thinking" message was waiting for.
    if ('content' in body || 'components' in body) this.#mention(stored, channel, body, first)
    this.#tell('update', stored)
    return stored
  }

  delete(stored: StoredMessage): void {
    stored.deleted = true
    this.#parts.world.messages.delete(stored.wire.id)
    this.#tell('delete', stored)
  }

  #mention(stored: StoredMessage, channel: Channel, body: JsonObject, notifies = true): void {
    const { wire } = stored
    const text = [wire.content, shownText(wire.components)].join('\n')
    const mentions = findMentions(this.#parts.world, channel, { authorId: wire.author.id, repliedTo: wire.referenced_message?.author.id }, text, body['allowed_mentions'])
    wire.mentions = mentions.users.map((id) => userOf(this.#parts.world, id))
    wire.mention_roles = [...mentions.roles]
    wire.mention_everyone = mentions.everyone
    if (notifies) stored.pings = [...mentions.users, ...mentions.roles.map((id) => `&${id}`), ...(mentions.everyone ? ['everyone'] : [])]
  }

  #tell(change: MessageChange, stored: StoredMessage): void {
    this.#parts.tell(change, stored)
    this.#parts.bus.emit({ type: 'message', change, messageId: stored.wire.id, channelId: stored.channelId, guildId: stored.guildId, onlyFor: stored.onlyFor })
  }
}

/** What a reply says of the message it answers. */
export function replyTo(stored: StoredMessage): Partial<APIMessage> {
  const { channelId, guildId, wire } = stored
  return { message_reference: { type: 0, message_id: wire.id, channel_id: channelId, ...(guildId === undefined ? {} : { guild_id: guildId }) }, referenced_message: wire }
}
