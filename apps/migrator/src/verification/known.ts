import type { KnownRows } from '@trivia/database/invariants'
import type { State } from '../pipeline/state.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { everyTable, withDatabase } from '../sqlite/connection.ts'
import { type Catalog, readCatalog } from '../structure/catalog.ts'

// What was proven of the snapshot need not be proven again of the same rows: the comparison has shown, value by value,
// which tables are the same.

function sameTables(comparisons: readonly TableComparison[]): string[] {
  return comparisons.filter((table) => table.sameColumns && table.lost + table.added + table.changed + table.quarantined + table.archived === 0).map((table) => table.table)
}

/** For the data's rules. */
export function knownRows({ inspection }: Readonly<State>, comparisons: readonly TableComparison[]): { known?: KnownRows } {
  return inspection === undefined ? {} : { known: { inspection, sameTables: sameTables(comparisons) } }
}

/**
 * The tables whose foreign keys have to be checked: all, but for those whose rows, keys and parents' rows are as they
 * were in a snapshot that foreign_key_check found in order.
 */
export function tablesWithDoubtfulKeys({ snapshot, danglingRows }: Readonly<State>, candidate: string, comparisons: readonly TableComparison[]): string[] {
  const after = withDatabase(candidate, { readonly: true }, (connection) => ({
    catalog: readCatalog(connection),
    tables: everyTable(connection),
  }))
  if (!snapshot?.path || danglingRows === undefined || danglingRows.length > 0) return after.tables
  const before = withDatabase(snapshot.path, { readonly: true }, readCatalog)
  const same = new Set(sameTables(comparisons))
  return after.tables.filter((table) => !(same.has(table) && keysOf(before, table) === keysOf(after.catalog, table) && parentsOf(after.catalog, table).every((parent) => same.has(parent))))
}

function keysOf(catalog: Catalog, table: string): string | null {
  const keys = catalog.tables.get(table)?.foreignKeys
  return keys === undefined ? null : [...keys].sort().join('\n')
}

/** From texts such as `user_id -> users (user_id) on delete cascade`. */
function parentsOf(catalog: Catalog, table: string): string[] {
  return (catalog.tables.get(table)?.foreignKeys ?? []).map((key) => key.split(' -> ')[1]?.split(' (')[0] ?? '')
}
