import { type Background, startBackground } from './background.ts'

export interface WriterOptions {
  /** The pause between two writes. Default 100. */
  readonly everyMs?: number
  /** How long a write waits for a lock. Default 60,000: longer than writers may be held back. */
  readonly busyTimeoutMs?: number
  /** Opens a connection for each write, as some programs do. Default false. */
  readonly reconnect?: boolean
}

/** What the writer's script is told. */
export interface WriterTask extends Required<WriterOptions> {
  readonly path: string
  readonly playerId: string
}

export interface WriterReport {
  /** Writes that SQLite said are done: each is one point of the player. */
  readonly acknowledged: number
  readonly errors: readonly string[]
  /** The longest that a write took, in milliseconds. */
  readonly longestMs: number
}

/** Another process that gives a player one point every so often, and counts those that were acknowledged. */
export function startWriter(path: string, playerId: bigint, options: WriterOptions = {}): Promise<Background<WriterReport>> {
  const { everyMs = 100, busyTimeoutMs = 60_000, reconnect = false } = options
  const task: WriterTask = { path, playerId: String(playerId), everyMs, busyTimeoutMs, reconnect }
  return startBackground('writer.script.ts', task)
}
