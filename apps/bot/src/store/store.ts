import { Worker } from 'node:worker_threads'
import type { OperationName, RequestOf, ResultOf } from './operations.ts'
import type { Call, Lane, LockWait, Outcome, WorkerSettings } from './protocol.ts'
import { laneOf } from './lanes.ts'

/** The database did what was asked, or this is thrown. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  /** SQLite's code, such as SQLITE_BUSY, or ERROR. */
  readonly code: string

  constructor(code: string, message: string, stack?: string) {
    super(message)
    this.code = code
    if (stack !== undefined) this.stack = stack
  }

  /** Another process kept the database for longer than the store waits. */
  get busy(): boolean {
    return this.code.startsWith('SQLITE_BUSY') || this.code.startsWith('SQLITE_LOCKED')
  }
}

/** The database as the bot sees it. */
export interface Store {
  /** @throws StoreError */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ResultOf<Name>>
  /** Refuses as busy what still waits and what comes later, so that whoever waits can be told. */
  giveUp(): void
  close(): Promise<void>
}

export interface StoreOptions {
  readonly path: string
  readonly now: () => number
  /** Default 20,000: longer than a deploy of a large database publishes. */
  readonly patienceMs?: number
  /** The same for writes. Default 90,000, longer than a deploy may hold them back (its --max-hold is 60 s): answers given meanwhile count. */
  readonly writePatienceMs?: number
  readonly onCall?: (name: string, milliseconds: number, ok: boolean) => void
  readonly onLockWait?: (wait: LockWait) => void
}

/** Starts a worker for writes and one for reads. */
export function openStore({ path, now, patienceMs = 20_000, writePatienceMs = 90_000, onCall = () => {}, onLockWait = () => {} }: StoreOptions): Store {
  const lanes: Record<Lane, LaneClient> = {
    write: new LaneClient({ path, lane: 'write', patienceMs: writePatienceMs }, { onCall, onLockWait }),
    read: new LaneClient({ path, lane: 'read', patienceMs }, { onCall, onLockWait }),
  }
  return {
    call: (name, request) => lanes[laneOf(name)].call(name, request, now()) as Promise<never>,
    giveUp: () => {
      lanes.write.giveUp()
      lanes.read.giveUp()
    },
    close: async () => {
      await Promise.all([lanes.write.close(), lanes.read.close()])
    },
  }
}

type LaneObserver = Pick<Required<StoreOptions>, 'onCall' | 'onLockWait'>

interface Pending {
  readonly name: string
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** The near end of a lane. A worker that dies takes its calls with it; the next call starts another one. */
class LaneClient {
  readonly #settings: WorkerSettings
  readonly #observer: LaneObserver
  readonly #pending = new Map<number, Pending>()
  #worker: Worker | undefined
  #gaveUp = false
  #lastId = 0

  constructor(settings: WorkerSettings, observer: LaneObserver) {
    this.#settings = settings
    this.#observer = observer
  }

  call(name: string, request: unknown, now: number): Promise<unknown> {
    if (this.#gaveUp) return Promise.reject(new StoreError('SQLITE_BUSY', `${name}: the bot stops`))
    const worker = (this.#worker ??= this.#start())
    const id = (this.#lastId += 1)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { name, resolve, reject })
      worker.postMessage({ id, name, request, now, sentAt: Date.now() } satisfies Call)
    })
  }

  giveUp(): void {
    this.#gaveUp = true
    for (const { name, reject } of this.#pending.values()) reject(new StoreError('SQLITE_BUSY', `${name}: the bot stops`))
    this.#pending.clear()
  }

  /** Waits for what was asked already, and was not given up. */
  async close(): Promise<void> {
    while (this.#pending.size > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: this.#settings })
    worker.on('message', (outcome: Outcome | LockWait) => {
      if ('since' in outcome) {
        this.#observer.onLockWait(outcome)
        return
      }
      const pending = this.#pending.get(outcome.id)
      if (pending === undefined) return
      this.#pending.delete(outcome.id)
      this.#observer.onCall(pending.name, outcome.milliseconds, outcome.ok)
      if (outcome.ok) pending.resolve(outcome.value)
      else pending.reject(new StoreError(outcome.code, `${pending.name}: ${outcome.message}`, outcome.stack))
    })
    const lost = (why: string): void => {
      if (this.#worker === worker) this.#worker = undefined
      for (const [id, { name, reject }] of this.#pending) {
        this.#pending.delete(id)
        reject(new StoreError('WORKER_LOST', `${name}: ${why}`))
      }
    }
    worker.on('error', (error) => lost(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => lost(`the worker ended with ${code}`))
    return worker
  }
}
