import type { Catalog, CatalogTable } from '../../structure/catalog.ts'
import { lineAbout, tableOf } from '../lookup.ts'
import type { Rule } from '../rule.ts'
import { plainColumn } from '../rebuild.ts'
import { readStatements, statementsOf } from '../statement.ts'

/**
 * A new foreign key whose columns no index begins with.
 * Each DELETE of a parent looks for its children: without an index, by reading the whole table.
 */
export const foreignKeyWithoutIndex: Rule = {
  name: 'foreign-key-without-index',
  *check(subject) {
    for (const table of subject.after.tables.values()) {
      const known = new Set(tableOf(subject.before, table.name)?.foreignKeys)
      for (const key of table.foreignKeys) {
        const [columns = '', rest = ''] = key.split(' -> ')
        if (known.has(key) || isIndexed(subject.after, table, columns.toLowerCase().split(', '))) continue
        const parent = rest.split(' ', 1)[0] ?? ''
        yield {
          severity: 'warning',
          line: lineAbout(subject, table.name, columns.split(', ')[0]),
          message: `The foreign key ${table.name} (${columns}) has no index: whenever a row of ${parent} is deleted, SQLite reads all of ${table.name}.`,
          fix: `CREATE INDEX idx_${table.name}_${columns.replaceAll(', ', '_')} ON ${table.name} (${columns});`,
        }
      }
    }
  },
}

function isIndexed(catalog: Catalog, table: CatalogTable, columns: readonly string[]): boolean {
  const lists = table.uniques.map((unique) => unique.toLowerCase().split(', '))
  for (const index of catalog.indexes.values()) {
    if (index.table !== table.name) continue
    for (const { action } of statementsOf(readStatements(index.sql), 'create-index')) {
      // A partial index does not help: the search has no such condition.
      if (action.where === null) lists.push(action.columns.map((value) => plainColumn(value.slice(0, 1)) ?? ''))
    }
  }
  return lists.some((list) => columns.every((column) => list.slice(0, columns.length).includes(column)))
}
