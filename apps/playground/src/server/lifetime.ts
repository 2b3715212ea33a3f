const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const LOOK_FOR_PARENT_MS = 500
/** Whoever asks twice does not want to wait. */
const IMPATIENT = 2

/** Ends things in the opposite order of their start, once, when this process is told to or its parent is gone. */
export class Lifetime {
  readonly #closers: (() => unknown)[] = []
  readonly #ended = Promise.withResolvers<null>()
  #asked = 0

  constructor(process: NodeJS.Process) {
    const asked = (): void => {
      this.#asked += 1
      if (this.#asked >= IMPATIENT) process.exit(130)
      void this.end()
    }
    for (const signal of SIGNALS) process.on(signal, asked)
    const parent = process.ppid
    setInterval(() => {
      if (process.ppid !== parent && this.#asked === 0) asked()
    }, LOOK_FOR_PARENT_MS).unref()
  }

  /** Settles when everything has ended. */
  get ended(): Promise<unknown> { return this.#ended.promise }
  get isEnding(): boolean { return this.#asked > 0 }

  /** Remembers how to end something; what starts after the end was asked for ends at once. */
  readonly opened = (close: () => unknown): void => {
    if (this.isEnding) void Promise.resolve(close())
    else this.#closers.push(close)
  }

  async end(): Promise<void> {
    this.#asked = Math.max(this.#asked, 1)
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close()
      } catch {
        // One that does not end well keeps none of the others.
      }
    }
    this.#ended.resolve(null)
  }
}
