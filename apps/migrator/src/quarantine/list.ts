import { type Connection, quoteName } from '../sqlite/connection.ts'
import { isQuarantine, listColumns, listTables, primaryKey } from '../structure/tables.ts'
import { factColumns, quarantineTable } from './table.ts'

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

/** SQL over a row of a table's quarantine: the key by which its rows are told apart, as one text. */
export function keySql(connection: Connection, table: string): string {
  const key = primaryKey(listColumns(connection, table))
  const columns = key.length > 0 ? key : listColumns(connection, quarantineTable(table)).slice(0, 1).map((column) => column.name)
  return columns.map((column) => `CAST(${quoteName(column)} AS TEXT)`).join(` || ', ' || `)
}

/** All rows in quarantine. */
export function listQuarantined(connection: Connection): QuarantinedRow[] {
  return quarantinedTables(connection).flatMap((table) => {
    const facts = factColumns(listColumns(connection, table).map((column) => column.name))
    const own = new Set(Object.values(facts))
    const rows = connection
      .prepare(`SELECT ${keySql(connection, table)} AS "key of the row", * FROM ${quoteName(quarantineTable(table))} ORDER BY rowid`)
      .all() as Record<string, unknown>[]
    return rows.map(({ 'key of the row': key, ...row }) => ({
      table,
      key: String(key),
      rule: String(row[facts.rule]),
      reason: String(row[facts.reason]),
      quarantinedAt: String(row[facts.quarantined_at]),
      values: Object.fromEntries(Object.entries(row).filter(([column]) => !own.has(column))),
    }))
  })
}
