import Sqlite from 'better-sqlite3'
import { type Background, startBackground } from './background.ts'
import { fingerprint } from './fingerprint.ts'

/** What the reader's script is told. */
export interface ReaderTask {
  readonly path: string
  readonly busyTimeoutMs: number
}

export interface ReaderReport {
  readonly reads: number
  /** Transactions in which two looks differed. */
  readonly inconsistent: number
  readonly errors: readonly string[]
  /** The longest that a read took, in milliseconds. */
  readonly longestMs: number
  /** The different contents that it saw, as `readerFingerprint` gives them. */
  readonly seen: readonly string[]
}

/** Another process that reads without a pause, through the same connection. */
export function startReader(path: string, busyTimeoutMs = 0): Promise<Background<ReaderReport>> {
  const task: ReaderTask = { path, busyTimeoutMs }
  return startBackground('reader.script.ts', task)
}

/** What a reader sees of a database that is at rest. */
export function readerFingerprint(path: string): string {
  const connection = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    connection.defaultSafeIntegers(true)
    return fingerprint(connection)
  } finally {
    connection.close()
  }
}
