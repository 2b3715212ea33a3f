import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'

/**
 * A connection that opens when it is first needed. The engine connects when it starts, even for
 * `migrate diff` between two files, and opening a database that does not exist would create it.
 */
export class LazyConnection {
  readonly #open: () => Promise<SqlDriverAdapter>
  #adapter: Promise<SqlDriverAdapter> | undefined

  constructor(open: () => Promise<SqlDriverAdapter>) {
    this.#open = open
  }

  async get(): Promise<SqlDriverAdapter> {
    this.#adapter ??= this.#open()
    try {
      return await this.#adapter
    } catch (error) {
      this.#adapter = undefined
      throw error
    }
  }

  /** Closes what is open; the next use opens it anew. */
  async close(): Promise<void> {
    const adapter = this.#adapter
    this.#adapter = undefined
    await (await adapter)?.dispose()
  }
}
