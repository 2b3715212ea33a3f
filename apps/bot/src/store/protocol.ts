/** Which worker an operation runs in. Readers do not wait for writers. */
export type Lane = 'write' | 'read'

export interface WorkerSettings {
  readonly path: string
  readonly lane: Lane
  /** How long a statement waits for another process's lock, in milliseconds. */
  readonly patienceMs: number
}

export interface Call {
  readonly id: number
  readonly name: string
  readonly request: unknown
  /** The moment of the request by the bot's clock, milliseconds since 1970. */
  readonly now: number
  /** The same by the machine's: tells how long it has waited. */
  readonly sentAt: number
}

export type Outcome =
  | { readonly id: number; readonly ok: true; readonly value: unknown; readonly milliseconds: number }
  | { readonly id: number; readonly ok: false; readonly code: string; readonly message: string; readonly stack: string | undefined; readonly milliseconds: number }

/** Writes wait, or have waited, for a lock that another process has. */
export interface LockWait {
  /** By the machine's clock, milliseconds since 1970. */
  readonly since: number
  readonly ms: number
  /** A long wait is told twice: while it lasts, and when it is over. */
  readonly over: boolean
}
