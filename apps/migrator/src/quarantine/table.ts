import { type Connection, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'

/** What a quarantine table says of each row, beside its original columns. */
export type QuarantineFact = 'rule' | 'reason' | 'quarantined_at' | 'legacy_timezone'

const FACTS: readonly QuarantineFact[] = ['rule', 'reason', 'quarantined_at', 'legacy_timezone']

/** The table that takes the rows set aside from `table`. */
export function quarantineTable(table: string): string {
  return `quarantine_${table}`
}

/** The columns for what is said of a row. Where the table has a column of that name itself, ours has a prefix. */
export function factColumns(originalColumns: readonly string[]): Readonly<Record<QuarantineFact, string>> {
  const taken = new Set(originalColumns.map((column) => column.toLowerCase()))
  const entries = FACTS.map((fact) => [fact, taken.has(fact) ? `quarantine_${fact}` : fact] as const)
  return Object.fromEntries(entries) as Record<QuarantineFact, string>
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
    const facts = Object.values(factColumns(columns.map((column) => column.name))).map((column) => `${column} TEXT`)
    connection.exec(`CREATE TABLE ${quoteName(name)} (${[...columns.map((column) => column.definition), ...facts].join(', ')})`)
    return
  }
  for (const column of columns.filter((each) => !known.has(each.name))) {
    connection.exec(`ALTER TABLE ${quoteName(name)} ADD COLUMN ${column.definition}`)
  }
}
