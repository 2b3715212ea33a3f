import type { StoredMessage } from './model.ts'

// "The past few minutes": https://docs.discord.com/developers/resources/message#create-message
const REMEMBERED_MS = 5 * 60_000

/** Finds the message that an author has already sent with the same nonce. */
export class Nonces {
  readonly #messages = new Map<string, { stored: StoredMessage; until: number }>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** The message of this nonce, if it was sent in the past few minutes and is still there. */
  find(authorId: string, nonce: unknown): StoredMessage | undefined {
    this.#forget()
    const known = this.#messages.get(`${authorId} ${String(nonce)}`)
    return known === undefined || known.stored.deleted ? undefined : known.stored
  }

  /** Remembers a message's nonce. */
  keep(authorId: string, nonce: unknown, stored: StoredMessage): void {
    this.#messages.set(`${authorId} ${String(nonce)}`, { stored, until: this.#now() + REMEMBERED_MS })
  }

  #forget(): void {
    for (const [key, { until }] of this.#messages) {
      if (until > this.#now()) return
      this.#messages.delete(key)
    }
  }
}
