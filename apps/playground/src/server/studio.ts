import type { DevStatus } from '../shared/status.ts'
import { type Child, startChild } from './child.ts'
import { programs } from './locations.ts'
import { freePort } from './ports.ts'

const PREFERRED_PORT = 4760
const LONGEST_MS = 20_000

/** Prisma Studio on the development database, started when it is first asked for. */
export class Studio {
  readonly #database: string
  readonly #changed: (status: DevStatus['studio']) => void
  #child: Child | null = null
  #status: DevStatus['studio'] = { state: 'off', url: null }

  constructor(database: string, changed: (status: DevStatus['studio']) => void) {
    this.#database = database
    this.#changed = changed
  }

  get status(): DevStatus['studio'] { return this.#status }

  async start(): Promise<DevStatus['studio']> {
    if (this.#child?.running === true) return this.#status
    this.#set({ state: 'starting', url: null })
    const port = await freePort(PREFERRED_PORT)
    const child = startChild(programs.studio, { args: ['--port', String(port), '--browser', 'none'], env: { ...process.env, DATABASE_PATH: this.#database, DATABASE_URL: '' } })
    this.#child = child
    void child.ended.then(() => this.#set({ state: 'off', url: null }))
    const url = `http://localhost:${port}`
    if (!await this.#answers(url, child)) {
      await child.stop()
      throw new Error('Prisma Studio did not start.')
    }
    this.#set({ state: 'on', url })
    return this.#status
  }

  async stop(): Promise<void> {
    await this.#child?.stop(2_000)
  }

  async #answers(url: string, child: Child): Promise<boolean> {
    const until = Date.now() + LONGEST_MS
    while (Date.now() < until && child.running) {
      const there = await fetch(url).then(() => true, () => false)
      if (there) return true
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return false
  }

  #set(status: DevStatus['studio']): void {
    this.#status = status
    this.#changed(status)
  }
}
