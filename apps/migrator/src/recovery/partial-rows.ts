import { ensureQuarantineTable, factColumns, quarantineTable } from '../quarantine/table.ts'
import { type Connection, quoteName } from '../sqlite/connection.ts'
import { readBtreePage } from './btree-page.ts'
import type { PageFile } from './page-file.ts'
import type { Value } from './record.ts'
import type { Survey } from './survey.ts'

/** The rule under which rows stand aside of which only a part could be read. */
export const PARTIAL_RULE = 'partly_recovered'

/**
 * Reads from a table's indexes what they know of rows that its own tree has lost. A row of which every column stands
 * in some index is whole again; others are set aside with what is known.
 */
export function readFromIndexes(file: PageFile, { shape, indexes }: Survey, target: Connection, now: string): { readonly whole: number; readonly partial: number } {
  if (shape.withoutRowid || indexes.length === 0) return { whole: 0, partial: 0 }
  const there = target.prepare(`SELECT 1 FROM ${quoteName(shape.table)} WHERE rowid = ?`)
  const found = new Map<bigint, Map<string, Value>>()
  for (const { columns, pages } of indexes) {
    for (const page of pages) {
      for (const { values } of readBtreePage(file, page)?.cells ?? []) {
        const rowid = values.at(-1)
        if (typeof rowid !== 'bigint' || values.length !== columns.length + 1 || there.get(rowid) !== undefined) continue
        const row = found.get(rowid) ?? new Map<string, Value>(shape.alias === null ? [] : [[shape.alias, rowid]])
        columns.forEach((column, index) => column !== null && row.set(column, values[index] ?? null))
        found.set(rowid, row)
      }
    }
  }
  const isWhole = (row: ReadonlyMap<string, Value>): boolean => shape.columns.every(({ name }) => row.has(name))
  const [whole, partial] = [[...found.values()].filter(isWhole), [...found.values()].filter((row) => !isWhole(row))]
  for (const row of whole) insert(target, shape.table, row)
  if (partial.length > 0) ensureQuarantineTable(target, shape.table)
  const facts = factColumns(shape.columns.map(({ name }) => name))
  for (const row of partial) {
    const said = new Map<string, Value>([[facts.rule, PARTIAL_RULE], [facts.reason, `only its index entries could be read: ${[...row.keys()].join(', ')}`], [facts.quarantined_at, now]])
    insert(target, quarantineTable(shape.table), new Map([...row, ...said]))
  }
  return { whole: whole.length, partial: partial.length }
}

function insert(target: Connection, table: string, row: ReadonlyMap<string, Value>): void {
  const names = [...row.keys()].map(quoteName)
  target.prepare(`INSERT OR IGNORE INTO ${quoteName(table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...row.values())
}
