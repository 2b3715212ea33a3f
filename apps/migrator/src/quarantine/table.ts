import { type Connection, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'

/** The columns that a quarantine table has beside the original ones. */
export const quarantineColumns = ['rule', 'reason', 'quarantined_at', 'legacy_timezone'] as const

/** The table that takes the rows set aside from `table`. */
export function quarantineTable(table: string): string {
  return `quarantine_${table}`
}

/**
 * Makes sure that the quarantine of a table is there and has its present columns. It has no constraints: it
 * takes what the table could not. The declared types stay, so that each value is stored as it was.
 */
export function ensureQuarantineTable(connection: Connection, table: string): void {
  const name = quarantineTable(table)
  const columns = listColumns(connection, table).map((column) => ({ name: column.name, definition: `${quoteName(column.name)} ${column.type}` }))
  const known = new Set(listColumns(connection, name).map((column) => column.name))
  if (known.size === 0) {
    const own = quarantineColumns.map((column) => `${column} TEXT`)
    connection.exec(`CREATE TABLE ${quoteName(name)} (${[...columns.map((column) => column.definition), ...own].join(', ')})`)
    return
  }
  for (const column of columns.filter((each) => !known.has(each.name))) {
    connection.exec(`ALTER TABLE ${quoteName(name)} ADD COLUMN ${column.definition}`)
  }
}
