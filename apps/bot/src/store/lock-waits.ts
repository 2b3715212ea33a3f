import type { LockWait } from './protocol.ts'

/** A wait that is longer is told while it lasts, in milliseconds: by then people notice it. */
const NOTICED = 1_500
/** A shorter one is nobody's: it may be this machine's own delay, in milliseconds. */
const SHORTEST = 5

/** Watches how long writes wait for a lock that another process has: from the first that had to until one comes through. */
export class LockWaits {
  readonly #tell: (wait: LockWait) => void
  #since: { wall: number; steady: number } | undefined
  #told = false

  constructor(tell: (wait: LockWait) => void) {
    this.#tell = tell
  }

  /** The lock is asked for. */
  asked(): void {
    this.#since ??= { wall: Date.now(), steady: performance.now() }
  }

  /** It was not given. */
  refused(): void {
    const wait = this.#current()
    if (wait === undefined || this.#told || wait.ms < NOTICED) return
    this.#told = true
    this.#tell({ ...wait, over: false })
  }

  /** It was given, or what failed was something else. */
  settled(): void {
    const wait = this.#current()
    this.#since = undefined
    this.#told = false
    if (wait !== undefined && wait.ms >= SHORTEST) this.#tell({ ...wait, over: true })
  }

  #current(): { since: number; ms: number } | undefined {
    return this.#since && { since: this.#since.wall, ms: Math.round(performance.now() - this.#since.steady) }
  }
}
