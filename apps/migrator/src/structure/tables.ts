import { type Connection, quoteName } from '../sqlite/connection.ts'

/** A column as SQLite knows it. */
export interface Column {
  readonly name: string
  /** The declared type, in capitals. */
  readonly type: string
  readonly notNull: boolean
  readonly defaultSql: string | null
  /** 1-based place in the primary key, 0 outside of it. */
  readonly keyPosition: number
}

/** Tables that are nobody's data: SQLite's own and Prisma's ledger. */
export function isInternal(table: string): boolean {
  return table.startsWith('sqlite_') || table === '_prisma_migrations'
}

/** Tables that hold what was set aside; see quarantine/. */
export function isQuarantine(table: string): boolean {
  return table.startsWith('quarantine_')
}

/** The names of a database's own tables, sorted. */
export function listTables(connection: Connection, schema = 'main'): string[] {
  const names = connection.prepare(`SELECT name FROM ${quoteName(schema)}.sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[]
  return names.filter((name) => !isInternal(name))
}

/** The columns of a table in their order, without generated and hidden ones. */
export function listColumns(connection: Connection, table: string, schema = 'main'): Column[] {
  const rows = connection.prepare(`SELECT * FROM pragma_table_info(?, ?)`).all(table, schema) as {
    name: string
    type: string
    notnull: bigint
    dflt_value: string | null
    pk: bigint
  }[]
  return rows.map((row) => ({
    name: row.name,
    type: row.type.toUpperCase(),
    notNull: row.notnull !== 0n,
    defaultSql: row.dflt_value,
    keyPosition: Number(row.pk),
  }))
}

/** The primary key's columns in their order; empty where the table has none. */
export function primaryKey(columns: readonly Column[]): string[] {
  return columns
    .filter((column) => column.keyPosition > 0)
    .sort((a, b) => a.keyPosition - b.keyPosition)
    .map((column) => column.name)
}

/** Rows by table, for manifests and reports. */
export function countRows(connection: Connection): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const table of listTables(connection)) {
    counts[table] = Number(connection.prepare(`SELECT count(*) FROM ${quoteName(table)}`).pluck().get())
  }
  return counts
}
