import type { Clock } from '../clock.ts'
import { LIMITS } from '../limits.ts'

/** How often a route may be used for one channel, guild or webhook. */
export interface Allowance {
  readonly bucket: string
  readonly requests: number
  readonly windowMs: number
}

/** What the limits say to a request: headers to send, and for how long to wait if it is refused. */
export interface Verdict {
  readonly headers: Readonly<Record<string, string>>
  readonly refused?: { retryAfterSeconds: number; global: boolean }
}

interface Window { remaining: number; resetAt: number }

/** Counts requests: https://docs.discord.com/developers/topics/rate-limits */
export class RateLimits {
  readonly #clock: Clock
  readonly #invalidAllowed: number
  readonly #windows = new Map<string, Window>()
  #sweepAt = 10_000
  #invalid: Window
  #forced: { requests: number; retryAfterSeconds: number; global: boolean } | undefined

  /** @param invalidAllowed invalid requests in ten minutes before the address is banned */
  constructor(clock: Clock, invalidAllowed: number = LIMITS.rates.invalidPerTenMinutes) {
    this.#clock = clock
    this.#invalidAllowed = invalidAllowed
    this.#invalid = { remaining: invalidAllowed, resetAt: 0 }
  }

  /** Refuses the next requests, whatever the counts say. */
  force(requests: number, retryAfterMs: number, global: boolean): void {
    this.#forced = { requests, retryAfterSeconds: retryAfterMs / 1_000, global }
  }

  /** Counts a request of this bot (or address) to a route. `global` is false for what is exempt from the 50 a second. */
  take(who: string, major: string, allowance: Allowance, global: boolean): Verdict {
    if (this.#forced !== undefined && this.#forced.requests > 0) {
      this.#forced.requests -= 1
      return this.#refuse({ retryAfterSeconds: this.#forced.retryAfterSeconds, global: this.#forced.global }, {})
    }
    const now = this.#clock.now()
    if (global) {
      const second = this.#window(`global ${who}`, LIMITS.rates.globalPerSecond, 1_000)
      if (second.remaining === 0) return this.#refuse({ retryAfterSeconds: (second.resetAt - now) / 1_000, global: true }, {})
      second.remaining -= 1
    }
    const window = this.#window(`${allowance.bucket} ${major} ${who}`, allowance.requests, allowance.windowMs)
    const resetAfter = (window.resetAt - now) / 1_000
    const headers = (remaining: number): Record<string, string> => ({
      'x-ratelimit-limit': String(allowance.requests), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': (window.resetAt / 1_000).toFixed(3),
      'x-ratelimit-reset-after': resetAfter.toFixed(3), 'x-ratelimit-bucket': allowance.bucket,
    })
    if (window.remaining === 0) return this.#refuse({ retryAfterSeconds: resetAfter, global: false }, headers(0))
    window.remaining -= 1
    return { headers: headers(window.remaining) }
  }

  /** Counts a request that was answered with 401, 403 or 429. */
  countInvalid(): void {
    const now = this.#clock.now()
    if (now >= this.#invalid.resetAt) this.#invalid = { remaining: this.#invalidAllowed, resetAt: now + 10 * 60_000 }
    this.#invalid.remaining = Math.max(0, this.#invalid.remaining - 1)
  }

  /** How many invalid requests there were in these ten minutes, and whether they were too many. */
  invalid(): { count: number; banned: boolean } {
    const open = this.#clock.now() < this.#invalid.resetAt
    return { count: open ? this.#invalidAllowed - this.#invalid.remaining : 0, banned: open && this.#invalid.remaining === 0 }
  }

  #refuse(refused: { retryAfterSeconds: number; global: boolean }, headers: Record<string, string>): Verdict {
    const scope = refused.global ? { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' } : { 'x-ratelimit-scope': 'user' }
    return { refused, headers: { ...headers, ...scope, 'retry-after': String(Math.max(1, Math.ceil(refused.retryAfterSeconds))) } }
  }

  #window(key: string, requests: number, windowMs: number): Window {
    const now = this.#clock.now()
    const known = this.#windows.get(key)
    if (known !== undefined && now < known.resetAt) return known
    if (this.#windows.size > this.#sweepAt) {
      for (const [old, window] of this.#windows) if (now >= window.resetAt) this.#windows.delete(old)
      this.#sweepAt = Math.max(10_000, 2 * this.#windows.size)
    }
    const window = { remaining: requests, resetAt: now + windowMs }
    this.#windows.set(key, window)
    return window
  }
}
