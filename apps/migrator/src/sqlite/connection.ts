import Sqlite from 'better-sqlite3'

/** An open connection of the one SQLite library that this process uses. */
export type Connection = Sqlite.Database

export interface OpenOptions {
  /** Opens without the right to write. Cannot recover a hot journal, so it is for our own finished files. */
  readonly readonly?: boolean
  /** How long a statement waits for a lock, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number
  /** Makes the file when it is missing. Default false. */
  readonly create?: boolean
}

/** Opens a database. Integers come back as BigInt: Discord ids do not fit into a JavaScript number. */
export function openDatabase(path: string, options: OpenOptions = {}): Connection {
  const connection = new Sqlite(path, {
    readonly: options.readonly ?? false,
    fileMustExist: options.create !== true,
    timeout: options.busyTimeoutMs ?? 5000,
  })
  connection.defaultSafeIntegers(true)
  return connection
}

/** A database without a file. */
export function openMemory(): Connection {
  const connection = new Sqlite(':memory:')
  connection.defaultSafeIntegers(true)
  return connection
}

/** What a connection keeps of its file in memory, in KiB. */
const CACHE_KB = 4_000

/**
 * Several connections are open at once: what each keeps in memory is bounded, whatever the file's size. Reads the
 * schema, so it waits for a lock like any other statement.
 */
export function limitMemory(connection: Connection): void {
  connection.pragma(`cache_size = -${CACHE_KB}`)
}

/**
 * For reading a whole file of ours once: maps it instead of copying pages, so that private memory stays small
 * and integrity_check takes about 60 % of the time (measured on 455 MB).
 */
export function readWithMmap(connection: Connection): void {
  connection.pragma(`mmap_size = ${2 ** 40}`)
  limitMemory(connection)
}

/** Runs `work` with an open connection and closes it afterwards, also after an error. */
export function withDatabase<T>(path: string, options: OpenOptions, work: (connection: Connection) => T): T {
  const connection = openDatabase(path, options)
  try {
    return work(connection)
  } finally {
    connection.close()
  }
}

/** The first column of the first row as a number; 0 where there is no row. */
export function count(connection: Connection, sql: string, ...parameters: unknown[]): number {
  return Number(connection.prepare(sql).pluck().get(...parameters) ?? 0)
}

/** Reads a PRAGMA that has one value. */
export function pragmaValue(connection: Connection, name: string): string | number | bigint | null {
  return connection.pragma(name, { simple: true }) as string | number | bigint | null
}

/** The names of all tables, SQLite's and Prisma's own among them, without virtual ones. */
export function everyTable(connection: Connection): string[] {
  return connection.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").pluck().all() as string[]
}

/** Quotes a table's or column's name for SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Quotes a text for SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** One step's number of pages, meaning all of them. */
const ALL_PAGES = 0x7fffffff

/**
 * Copies a whole database in one step with SQLite's backup API. A locked file ends that API's work without an
 * error, so the answer says whether anything was copied.
 *
 * @param onLocked called once, when the destination is locked and nothing is written yet; may throw to stop
 * @returns false when one of the files was locked by somebody else
 */
export async function copyDatabase(source: Connection, destination: string, onLocked: () => void = () => {}): Promise<boolean> {
  const progress = { called: false }
  const { totalPages, remainingPages } = await source.backup(destination, {
    progress: () => {
      if (!progress.called) {
        progress.called = true
        onLocked()
      }
      return ALL_PAGES
    },
  })
  return progress.called && totalPages > 0 && remainingPages === 0
}
