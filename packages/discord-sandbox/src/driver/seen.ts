import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { type JsonObject, objectOf, objectsOf, plain } from '../json.ts'
import type { StoredMessage } from '../state/model.ts'

/** A message as somebody sees it; it changes when the bot edits it. */
export class SeenMessage {
  readonly #stored: StoredMessage

  constructor(stored: StoredMessage) {
    this.#stored = stored
  }

  get raw(): APIMessage { return this.#stored.wire }
  get id(): string { return this.raw.id }
  get content(): string { return this.raw.content }
  get embeds(): APIMessage['embeds'] { return this.raw.embeds }
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
