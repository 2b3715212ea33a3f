import { type Connection, quoteName } from '../sqlite/connection.ts'
import { quarantineColumns } from './table.ts'
import { isQuarantine, listColumns, listTables, primaryKey } from '../structure/tables.ts'

/** A row in quarantine. */
export interface QuarantinedRow {
  readonly table: string
  readonly key: string
  readonly rule: string
  readonly reason: string
  readonly quarantinedAt: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The tables that have rows in quarantine, parents before their children. */
export function quarantinedTables(connection: Connection): string[] {
  const tables = listTables(connection).filter(isQuarantine).map((name) => name.slice('quarantine_'.length))
  const parents = connection.prepare('SELECT "table" FROM pragma_foreign_key_list(?)').pluck()
  const depth = (table: string, seen: readonly string[]): number =>
    seen.includes(table) ? 0 : 1 + Math.max(0, ...(parents.all(table) as string[]).map((parent) => depth(parent, [...seen, table])))
  return tables.sort((a, b) => depth(a, []) - depth(b, []) || (a < b ? -1 : 1))
}

/** The columns by which rows of a table are told apart: its primary key, or its first column. */
export function keyColumns(connection: Connection, table: string): string[] {
  const key = primaryKey(listColumns(connection, table))
  return key.length > 0 ? key : listColumns(connection, `quarantine_${table}`).slice(0, 1).map((column) => column.name)
}

/** All rows in quarantine. */
export function listQuarantined(connection: Connection): QuarantinedRow[] {
  return quarantinedTables(connection).flatMap((table) => {
    const key = keyColumns(connection, table)
    const rows = connection.prepare(`SELECT * FROM ${quoteName(`quarantine_${table}`)} ORDER BY rowid`).all() as Record<string, unknown>[]
    return rows.map((row) => ({
      table,
      key: key.map((column) => String(row[column])).join(', '),
      rule: String(row.rule),
      reason: String(row.reason),
      quarantinedAt: String(row.quarantined_at),
      values: Object.fromEntries(Object.entries(row).filter(([column]) => !quarantineColumns.some((own) => own === column))),
    }))
  })
}
