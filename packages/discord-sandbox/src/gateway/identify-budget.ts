import type { Clock } from '../clock.ts'
import { LIMITS } from '../limits.ts'

const DAY = 24 * 60 * 60_000

/** What a bot may identify with. */
export interface IdentifyLimits {
  /** Of a day; Discord: 1,000. */
  readonly total: number
  /** Shards at once; Discord: 1, more for large bots. */
  readonly maxConcurrency: number
  /** Milliseconds between two of the same shard; Discord: 5,000. */
  readonly windowMs?: number
}

/** How often one bot may identify: https://docs.discord.com/developers/events/gateway#session-start-limit-object */
export class IdentifyBudget {
  readonly total: number
  readonly maxConcurrency: number
  readonly #windowMs: number
  readonly #clock: Clock
  #used = 0
  #resetAt = 0
  readonly #lastByKey = new Map<number, number[]>()

  constructor(clock: Clock, options: IdentifyLimits) {
    this.#clock = clock
    this.total = options.total
    this.maxConcurrency = options.maxConcurrency
    this.#windowMs = options.windowMs ?? LIMITS.gateway.identifyWindowMs
  }

  /** What `GET /gateway/bot` says. */
  report(): object {
    this.#renew()
    return { total: this.total, remaining: Math.max(0, this.total - this.#used), reset_after: this.#used === 0 ? 0 : Math.max(0, this.#resetAt - this.#clock.now()), max_concurrency: this.maxConcurrency }
  }

  /** Counts an IDENTIFY. */
  take(shard: number): 'ok' | 'too fast' | 'used up' {
    this.#renew()
    if (this.#used >= this.total) return 'used up'
    if (this.#used === 0) this.#resetAt = this.#clock.now() + DAY
    this.#used += 1
    const now = this.#clock.now()
    const key = shard % this.maxConcurrency
    const recent = (this.#lastByKey.get(key) ?? []).filter((at) => now - at < this.#windowMs)
    // As many shards at once as max_concurrency says: one per key. A client's own five seconds may be a little short of ours.
    const tooFast = recent.some((at) => now - at < this.#windowMs - 500)
    this.#lastByKey.set(key, [...recent, now])
    return tooFast ? 'too fast' : 'ok'
  }

  #renew(): void {
    if (this.#used > 0 && this.#clock.now() >= this.#resetAt) this.#used = 0
  }
}
