/** What has begun and not ended yet, so that a shutdown can wait for it. */
export class InFlight {
  readonly #running = new Set<Promise<void>>()

  run(work: () => Promise<void>, failed: (error: unknown) => void): void {
    const running = work().catch(failed)
    this.#running.add(running)
    void running.finally(() => this.#running.delete(running))
  }

  /** Waits for all of it, though not for longer than that many milliseconds. */
  async settled(longest: number): Promise<void> {
    await within(longest, Promise.allSettled(this.#running))
  }
}

/** Waits for something, though not for longer than that many milliseconds. */
export async function within(longest: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), longest)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
