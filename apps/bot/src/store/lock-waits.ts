import type { LockWait } from './protocol.ts'

/** A wait that is longer is told while it lasts, in milliseconds: by then people notice it. */
const NOTICED = 1_500
/** A shorter one is nobody's: it may be this machine's own delay, in milliseconds. */
const SHORTEST = 5

/** Watches how long writes wait for a lock that another process has: from the first that had to until one comes through. */
export class LockWaits {
  readonly #tell: (wait: LockWait) => void
  #since: { readonly wall: number; readonly steady: number } | undefined
  /** When the transaction last began; with the lock, unless it was refused after that. */
  #givenAt = 0
  #refused = false
  #told = false

  constructor(tell: (wait: LockWait) => void) {
    this.#tell = tell
  }

  /** The lock is asked for. */
  asked(): void {
    this.#since ??= { wall: Date.now(), steady: performance.now() }
  }

  /** The transaction has begun. */
  given(): void {
    this.#givenAt = performance.now()
  }

  /** The lock was not given, and will be asked for again. */
  refused(): void {
    if (this.#since === undefined) return
    this.#refused = true
    const ms = performance.now() - this.#since.steady
    if (this.#told || ms < NOTICED) return
    this.#told = true
    this.#tell({ since: this.#since.wall, ms: Math.round(ms), over: false })
  }

  /** The transaction is done, or what failed was something else, or nobody waits any more. */
  ended(): void {
    const since = this.#since
    if (since === undefined) return
    // What was never refused waited at its beginning only: the rest was its own work.
    const ms = Math.round((this.#refused ? performance.now() : this.#givenAt) - since.steady)
    this.#since = undefined
    this.#refused = false
    this.#told = false
    if (ms >= SHORTEST) this.#tell({ since: since.wall, ms, over: true })
  }
}
