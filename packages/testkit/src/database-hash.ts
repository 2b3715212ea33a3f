import { createHash, type Hash } from 'node:crypto'
import Sqlite from 'better-sqlite3'

export interface DatabaseHashOptions {
  /** Columns that do not count, by table. */
  readonly ignore?: Readonly<Record<string, readonly string[]>>
  /**
   * Opens with the right to write, which recovers what a crash left behind (a hot journal), as the next program
   * would that uses the database. Default false.
   */
  readonly recover?: boolean
}

/** What differs between two deploys of one database: when they were, and the ids that Prisma makes up. */
export const volatileColumns: Readonly<Record<string, readonly string[]>> = {
  schema_version: ['applied_at'],
  _prisma_migrations: ['id', 'started_at', 'finished_at'],
}

type Value = bigint | number | string | Buffer | null

/**
 * A hash of a database's content: the schema, and every row of every table with its types. Not of its bytes: two
 * databases with the same content on other pages, with other statistics or in another journal mode are the same.
 */
export function databaseHash(path: string, options: DatabaseHashOptions = {}): string {
  const connection = new Sqlite(path, { readonly: options.recover !== true, fileMustExist: true })
  try {
    connection.defaultSafeIntegers(true)
    const hash = createHash('sha256')
    connection.transaction(() => hashContent(connection, hash, options.ignore ?? {}))()
    return hash.digest('hex')
  } finally {
    connection.close()
  }
}

function hashContent(connection: Sqlite.Database, hash: Hash, ignore: Readonly<Record<string, readonly string[]>>): void {
  const objects = connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name").raw().all() as Value[][]
  for (const object of objects) hashRow(hash, object)
  const tables = objects.filter(([type]) => type === 'table').map(([, name]) => String(name))
  if (connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get() !== undefined) tables.push('sqlite_sequence')
  for (const table of tables) hashTable(connection, hash, table, ignore[table] ?? [])
}

function hashTable(connection: Sqlite.Database, hash: Hash, table: string, ignored: readonly string[]): void {
  const all = connection.pragma(`table_info(${quote(table)})`) as { name: string; pk: bigint }[]
  const columns = all.filter((column) => !ignored.includes(column.name)).map((column) => quote(column.name))
  const keys = all.filter((column) => column.pk > 0n && !ignored.includes(column.name)).sort((a, b) => Number(a.pk - b.pk)).map((column) => quote(column.name))
  const order = keys.length > 0 ? keys : columns
  hash.update(`\n${table}\n`)
  const rows = connection.prepare(`SELECT ${columns.join(', ')} FROM ${quote(table)} ORDER BY ${order.join(', ')}`).raw().iterate() as IterableIterator<Value[]>
  for (const row of rows) hashRow(hash, row)
}

/** Length and type before each value, so that no two rows look alike. */
function hashRow(hash: Hash, row: readonly Value[]): void {
  let text = ''
  for (const value of row) {
    if (value === null) text += 'n;'
    else if (Buffer.isBuffer(value)) text += `b${value.length}:${value.toString('hex')};`
    else if (typeof value === 'string') text += `t${value.length}:${value};`
    else text += `${typeof value === 'bigint' ? 'i' : 'r'}${value};`
  }
  hash.update(text)
  hash.update('\n')
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
