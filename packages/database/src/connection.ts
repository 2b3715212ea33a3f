import Sqlite from 'better-sqlite3'

/** A value that a statement takes. Discord ids are texts: SQLite's integer columns take them without loss. */
export type Parameter = string | number | bigint | null

export interface ConnectionOptions {
  /** The database's absolute path; it must exist. */
  readonly path: string
  readonly readonly?: boolean
  /** How long a statement waits for another connection's lock, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number
}

/** Whether another connection had the lock for longer than the statement waited. */
export function isBusyError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code)
}

/** What a query that changes nothing needs of a connection. */
export type Reader = Pick<Connection, 'get' | 'all'>

/**
 * A connection for the queries of this package. It works synchronously: a wait for a lock stops the thread, so a
 * program that has to answer meanwhile uses it in a worker.
 */
export class Connection {
  readonly raw: Sqlite.Database
  readonly #statements = new Map<string, Sqlite.Statement>()

  /** @throws SqliteError when the file is missing or no database */
  constructor({ path, readonly = false, busyTimeoutMs = 5000 }: ConnectionOptions) {
    this.raw = new Sqlite(path, { readonly, fileMustExist: true, timeout: busyTimeoutMs })
    this.raw.pragma('foreign_keys = ON')
    // What was acknowledged to a player survives a power loss.
    this.raw.pragma('synchronous = FULL')
    this.raw.pragma('cache_size = -8000')
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a row looks like, its query knows
  get<Row>(sql: string, ...parameters: readonly Parameter[]): Row | undefined {
    return this.#prepared(sql).get(...parameters) as Row | undefined
  }

  all<Row>(sql: string, ...parameters: readonly Parameter[]): Row[] {
    return this.#prepared(sql).all(...parameters) as Row[]
  }

  /** Returns the number of rows that it inserted, changed or deleted. */
  run(sql: string, ...parameters: readonly Parameter[]): number {
    return this.#prepared(sql).run(...parameters).changes
  }

  /** Inserts a row and returns its number. */
  insert(sql: string, ...parameters: readonly Parameter[]): number {
    return Number(this.#prepared(sql).run(...parameters).lastInsertRowid)
  }

  /** All of it or, after an error, nothing. Takes the write lock at once, so that it never fails in the middle. */
  transaction<T>(work: () => T): T {
    return this.raw.transaction(work).immediate()
  }

  /** A part of a transaction that fails by itself. */
  savepoint<T>(work: () => T): T {
    return this.raw.transaction(work)()
  }

  close(): void {
    this.#statements.clear()
    this.raw.close()
  }

  #prepared(sql: string): Sqlite.Statement {
    let statement = this.#statements.get(sql)
    if (statement === undefined) {
      statement = this.raw.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }
}

/** A moment as the database keeps it: 2026-06-01T12:00:00.000+00:00. */
export function storedTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+00:00')
}

/** The moment of a stored time, in milliseconds. */
export function momentOf(stored: string): number {
  return Date.parse(stored)
}
