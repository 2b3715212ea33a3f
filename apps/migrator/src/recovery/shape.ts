import { type Connection, quoteName } from '../sqlite/connection.ts'
import type { Cell } from './btree-page.ts'
import type { Value } from './record.ts'

/** How a table's rows are stored. */
export interface Shape {
  readonly table: string
  /** The columns in the order of a stored row; generated ones that are not stored are left out. */
  readonly columns: readonly ShapeColumn[]
  /** The column that is the row number itself, and NULL in the stored row. */
  readonly alias: string | null
  readonly withoutRowid: boolean
}

interface ShapeColumn {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly generated: boolean
}

/** Reads it from a database that has the table. */
export function shapeOf(connection: Connection, table: string): Shape {
  const rows = connection.prepare('SELECT name, upper(type) AS type, "notnull" AS required, pk, hidden FROM pragma_table_xinfo(?)').all(table) as
    { name: string; type: string; required: bigint; pk: bigint; hidden: bigint }[]
  const withoutRowid = connection.prepare("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'").pluck().get(table) === 1n
  const key = rows.filter(({ pk }) => pk > 0n).sort((one, other) => Number(one.pk - other.pk))
  const stored = (withoutRowid ? [...key, ...rows.filter(({ pk }) => pk === 0n)] : rows).filter(({ hidden }) => hidden !== 2n)
  const alias = !withoutRowid && key.length === 1 && key[0]?.type === 'INTEGER' && isRowNumber(connection, table) ? key[0].name : null
  return {
    table,
    columns: stored.map((row) => ({ name: row.name, type: row.type, notNull: row.required !== 0n || (withoutRowid && row.pk > 0n), generated: row.hidden === 3n })),
    alias,
    withoutRowid,
  }
}

/** A key that is not the row number (INTEGER PRIMARY KEY DESC) has an index of its own. */
function isRowNumber(connection: Connection, table: string): boolean {
  return connection.prepare("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'").get(table) === undefined
}

/** Whether a row found on a page without an owner can be one of this table. */
export function fits({ columns, alias, withoutRowid }: Shape, { values, rowid }: Cell): boolean {
  if ((rowid === null) !== withoutRowid || values.length > columns.length || values.length === 0) return false
  return columns.every(({ name, type, notNull }, index) => {
    // Columns that came later are not in rows from before.
    if (index >= values.length) return true
    const value = values[index] ?? null
    if (name === alias) return value === null
    if (value === null) return !notNull
    return ofType(type, value)
  })
}

function ofType(type: string, value: Value): boolean {
  if (type.includes('INT')) return typeof value === 'bigint'
  if (/CHAR|CLOB|TEXT/.test(type)) return typeof value === 'string'
  if (type === 'TIMESTAMP' || type === 'DATE' || type === 'DATETIME') return typeof value === 'string' || typeof value === 'bigint'
  if (type === 'BOOLEAN') return value === 0n || value === 1n
  return true
}

/** An INSERT for stored rows of `length` values, and what it takes of one. A row that another has the key of stays out. */
export function insertFor(shape: Shape, length: number): { readonly sql: string; readonly valuesOf: (cell: Cell) => Value[] } {
  const columns = shape.columns.slice(0, length).map((column, index) => ({ ...column, index })).filter(({ generated }) => !generated)
  const numbered = !shape.withoutRowid && shape.alias === null && !shape.columns.some(({ name }) => name.toLowerCase() === 'rowid')
  const names = [...(numbered ? ['rowid'] : []), ...columns.map(({ name }) => quoteName(name))]
  return {
    sql: `INSERT OR IGNORE INTO ${quoteName(shape.table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    valuesOf: ({ rowid, values }) => [...(numbered ? [rowid] : []), ...columns.map(({ name, index }) => (name === shape.alias ? rowid : values[index] ?? null))],
  }
}
