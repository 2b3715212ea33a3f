import type { Application } from '../state/model.ts'
import type { Connection } from './connection.ts'

/** How many events are kept for a client that comes back. */
const KEPT_EVENTS = 2_000

/** One shard of a bot, across its connections. */
export class Session {
  readonly id: string
  readonly application: Application
  readonly token: string
  readonly intents: number
  readonly shard: readonly [number, number]
  connection: Connection | undefined
  sequence = 0
  /** When its connection was lost. */
  lostAt: number | undefined
  readonly #events: { s: number; text: string }[] = []

  constructor(options: { id: string; application: Application; intents: number; shard: readonly [number, number]; connection: Connection }) {
    this.id = options.id
    this.application = options.application
    this.token = options.application.token
    this.intents = options.intents
    this.shard = options.shard
    this.connection = options.connection
  }

  /** Sends an event, or keeps it for a client that comes back. */
  dispatch(event: string, data: object): void {
    this.sequence += 1
    // As text: what is told later must not have changed meanwhile.
    const text = JSON.stringify({ op: 0, t: event, s: this.sequence, d: data })
    this.#events.push({ s: this.sequence, text })
    if (this.#events.length > KEPT_EVENTS) this.#events.shift()
    this.connection?.sendText(text)
  }

  /** Whether everything after this event is still there. */
  canReplay(after: number): boolean {
    return after >= this.sequence || (this.#events[0]?.s ?? Infinity) <= after + 1
  }

  /** Sends what was missed. */
  replay(after: number): void {
    for (const event of this.#events) if (event.s > after) this.connection?.sendText(event.text)
  }
}
