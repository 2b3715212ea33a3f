import type { PrismaClient } from '@trivia/database'
import { type Connection, isBusyError } from '@trivia/database/connection'
import type { Random } from '../features/choosing/index.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { LockWaits } from './lock-waits.ts'
import type { Call, LockWait, Outcome } from './protocol.ts'

/** So many writes share a transaction at most: those behind them wait as long as all of these take. */
const LARGEST_GROUP = 64

/** How long Prisma Client waits for a lock by itself, in milliseconds. */
const CLIENT_WAIT = 2_000

export interface LaneParts {
  /** Opens the database; called again after it has failed. */
  readonly open: () => Connection
  readonly random: Random
  readonly path: string
  /** How long an operation waits for a lock that another process has, in milliseconds. */
  readonly patienceMs: number
  readonly answer: (outcome: Outcome) => void
  /** Told of waits for that lock. */
  readonly waited: (wait: LockWait) => void
}

/**
 * Runs operations one after the other. Writes that have piled up share one transaction, and with it one wait for the
 * disk; each is a savepoint, so that one that fails takes nothing else with it. They are answered after the commit.
 */
export class Lane {
  readonly #parts: LaneParts
  readonly #waiting: Call[] = []
  readonly #lockWaits: LockWaits
  #busy = false
  #client: PrismaClient | undefined
  #connection: Connection | undefined

  constructor(parts: LaneParts) {
    this.#parts = parts
    this.#lockWaits = new LockWaits(parts.waited)
  }

  add(call: Call): void {
    this.#waiting.push(call)
    if (this.#busy) return
    this.#busy = true
    // Messages that have arrived together are seen together.
    setImmediate(() => void this.#drain())
  }

  /** Another process has the lock: it is asked for again and again, so that this thread is never stuck for long. */
  async #patiently<T>(work: () => T): Promise<T> {
    const until = performance.now() + this.#parts.patienceMs
    for (;;) {
      try {
        return work()
      } catch (error) {
        if (!isBusyError(error)) throw error
        this.#lockWaits.refused()
        if (performance.now() >= until) throw error
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
  }

  async #drain(): Promise<void> {
    for (let call = this.#waiting.shift(); call !== undefined; call = this.#waiting.shift()) {
      const operation = operationOf(call)
      if (operation?.kind === 'write') {
        const group = [call]
        while (group.length < LARGEST_GROUP && this.#waiting[0] && operationOf(this.#waiting[0])?.kind === 'write') group.push(this.#waiting.shift() as Call)
        await this.#writeTogether(group)
        // Lets messages in, so that the next group is as large as it can be.
        await new Promise(setImmediate)
      } else await this.#single(call, operation)
    }
    this.#busy = false
  }

  async #writeTogether(calls: readonly Call[]): Promise<void> {
    const started = performance.now()
    const each = (): number => (performance.now() - started) / calls.length
    try {
      const outcomes = await this.#patiently(() => {
        const connection = this.#database()
        return this.#locked(connection, () => calls.map((call) => this.#within(connection, call)))
      })
      for (const outcome of outcomes) this.#parts.answer({ ...outcome, milliseconds: each() })
    } catch (error) {
      // Nothing was kept: the lock did not come, or the disk did not take it.
      this.#gaveUp(error)
      for (const { id } of calls) this.#parts.answer(failure(id, error, each()))
    }
  }

  /** Works in a transaction, and tells how long its lock was waited for: at its beginning, or without WAL at its end. */
  #locked<T>(connection: Connection, work: () => T): T {
    this.#lockWaits.asked()
    const result = connection.transaction(() => {
      this.#lockWaits.given()
      return work()
    })
    this.#lockWaits.ended()
    return result
  }

  /** One of a group: what fails takes nothing else with it. */
  #within(connection: Connection, call: Call): Outcome {
    try {
      return { id: call.id, ok: true, value: connection.savepoint(() => this.#run(call)), milliseconds: 0 }
    } catch (error) {
      return failure(call.id, error, 0)
    }
  }

  async #single(call: Call, operation: Operation | undefined): Promise<void> {
    const started = performance.now()
    try {
      if (operation === undefined) throw new Error(`There is no operation "${call.name}".`)
      const value = operation.kind === 'read' ? await this.#patiently(() => this.#run(call)) : await this.#withClient(call, operation)
      this.#parts.answer({ id: call.id, ok: true, value, milliseconds: performance.now() - started })
    } catch (error) {
      this.#gaveUp(error)
      this.#parts.answer(failure(call.id, error, performance.now() - started))
    }
  }

  /** Whoever is next goes on waiting; where nobody is the wait is over. */
  #gaveUp(error: unknown): void {
    if (!isBusyError(error) || this.#waiting.length === 0) this.#lockWaits.ended()
  }

  #database(): Connection {
    return (this.#connection ??= this.#parts.open())
  }

  #run(call: Call): unknown {
    const operation: Operation = operations[call.name as keyof typeof operations]
    const run = operation.run as (context: object, request: unknown) => unknown
    const asOfRequest = 'asOfRequest' in operation
    return run({ db: this.#database(), random: this.#parts.random, now: asOfRequest ? call.now : momentNow(call) }, call.request)
  }

  async #withClient(call: Call, { kind }: Operation): Promise<unknown> {
    // Prisma's driver waits inside of SQLite, which stops this thread: the wait is done before, and differently.
    if (kind === 'client-write') await this.#patiently(() => this.#locked(this.#database(), () => {}))
    // Loaded when it is wanted first: it is the largest part of a worker's memory.
    const { createPrismaClient } = await import('@trivia/database')
    this.#client ??= createPrismaClient({ path: this.#parts.path, busyTimeoutMs: Math.min(this.#parts.patienceMs, CLIENT_WAIT) })
    const run = operations[call.name as keyof typeof operations].run as (context: object, request: unknown) => unknown
    return run({ prisma: this.#client, now: momentNow(call) }, call.request)
  }
}

/** The moment by the bot's clock, after the wait for its turn and for locks. */
function momentNow({ now, sentAt }: Call): number {
  return now + Math.max(0, Date.now() - sentAt)
}

function operationOf({ name }: Call): Operation | undefined {
  return (operations as Readonly<Record<string, Operation>>)[name]
}

function failure(id: number, error: unknown, milliseconds: number): Outcome & { ok: false } {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'ERROR'
  return { id, ok: false, code, message, stack, milliseconds }
}
