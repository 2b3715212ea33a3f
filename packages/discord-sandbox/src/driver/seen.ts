import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { type JsonObject, objectOf, objectsOf, plain } from '../json.ts'
import type { Files } from '../state/files.ts'
import type { StoredMessage } from '../state/model.ts'
import type { World } from '../state/world.ts'

/** What seeing needs: the messages, and their files. */
export interface Look {
  readonly world: World
  readonly files: Files
}

/** A file of a message. */
export interface SeenFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Uint8Array
  /** Where the sandbox serves it. */
  readonly url: string
}

/** A message as somebody sees it; it changes when the bot edits it. */
export class SeenMessage {
  readonly #stored: StoredMessage
  readonly #look: Look

  constructor(stored: StoredMessage, look: Look) {
    this.#stored = stored
    this.#look = look
  }

  get raw(): APIMessage { return this.#stored.wire }
  get id(): string { return this.raw.id }
  get content(): string { return this.raw.content }
  get embeds(): APIMessage['embeds'] { return this.raw.embeds }
  get channelId(): string { return this.#stored.channelId }
  get guildId(): string | undefined { return this.#stored.guildId }
  /** The account's id. */
  get authorId(): string { return this.raw.author.id }
  get attachments(): APIMessage['attachments'] { return this.raw.attachments }
  /** The attachments with their bytes; those that the sandbox no longer keeps are left out. */
  get files(): SeenFile[] {
    return this.raw.attachments.flatMap((each) => {
      const file = this.#look.files.get(each.id)
      return file === undefined ? [] : [{ name: each.filename, contentType: file.contentType, bytes: file.bytes, url: each.url }]
    })
  }
  get ephemeral(): boolean { return this.#stored.onlyFor !== undefined }
  get deleted(): boolean { return this.#stored.deleted }
  /** The bot is still "thinking". */
  get loading(): boolean { return ((this.raw.flags ?? 0) & MessageFlags.Loading) !== 0 }
  /** Who was notified. */
  get pings(): readonly string[] { return this.#stored.pings }
  /** Everything that can be clicked or chosen from. */
  get components(): JsonObject[] { return interactive(this.raw.components) }
  /** The buttons' labels. */
  get buttons(): string[] { return this.components.filter((each) => each['type'] === 2).map((each) => plain(each['label'])) }

  toJSON(): object {
    return { ...this.raw, ephemeral: this.ephemeral, deleted: this.deleted, pings: this.pings }
  }
}

/** The components with a `custom_id`, however deep. */
export function interactive(components: unknown): JsonObject[] {
  return objectsOf(components).flatMap((each) => [
    ...(typeof each['custom_id'] === 'string' ? [each] : []),
    ...interactive(each['components']),
    ...interactive([objectOf(each['accessory']), objectOf(each['component'])].filter((part) => 'type' in part)),
  ])
}

/** A modal that is open for somebody. */
export interface SeenModal {
  readonly interactionId: string
  readonly title: string
  readonly customId: string
  readonly raw: JsonObject
}

/** What somebody saw after they did something. */
export interface Answer {
  readonly interactionId: string
  readonly kind: 'message' | 'update' | 'modal' | 'choices' | 'failed'
  readonly message: SeenMessage | undefined
  readonly followups: readonly SeenMessage[]
  readonly modal: SeenModal | undefined
  readonly choices: readonly JsonObject[]
  /** What Discord's client shows when nobody answered. */
  readonly error: string | undefined
  /** By the sandbox's clock. */
  readonly timeToFirstAnswerMs: number | undefined
}
