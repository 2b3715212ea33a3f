import Sqlite from 'better-sqlite3'

export interface OpenOptions {
  readonly readonly?: boolean
  /** How long a statement waits for another connection's lock, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number
}

/** Opens a database that the migrator has made; never makes one. */
export function openDatabase(path: string, { readonly = false, busyTimeoutMs = 5000 }: OpenOptions = {}): Sqlite.Database {
  const connection = new Sqlite(path, { readonly, fileMustExist: true, timeout: busyTimeoutMs })
  connection.pragma('foreign_keys = ON')
  return connection
}
