import type { Connection } from '../sqlite/connection.ts'
import { normalize, parseCreateTable, type TableParts } from './ddl.ts'
import { isInternal, isQuarantine } from './tables.ts'

export type ObjectType = 'table' | 'index' | 'trigger' | 'view'

/** One object of a database's structure. */
export interface SchemaObject {
  readonly type: ObjectType
  readonly name: string
  /** The table it belongs to. */
  readonly table: string
  readonly sql: string
  /** The same for all ways to write it; see ddl.ts. */
  readonly normal: string
}

export interface CatalogTable extends SchemaObject {
  readonly parts: TableParts
  /** Foreign keys as texts: `user_id -> users (user_id) on delete cascade`. */
  readonly foreignKeys: readonly string[]
  /** Sets of columns that are unique together, the primary key included: `user_id, week_start`. */
  readonly uniques: readonly string[]
}

/** A database's structure, without what belongs to SQLite, Prisma and the quarantine. */
export interface Catalog {
  readonly tables: ReadonlyMap<string, CatalogTable>
  readonly indexes: ReadonlyMap<string, SchemaObject>
  readonly triggers: ReadonlyMap<string, SchemaObject>
  readonly views: ReadonlyMap<string, SchemaObject>
}

/** Reads the structure from SQLite's own catalog. */
export function readCatalog(connection: Connection): Catalog {
  const rows = connection
    .prepare("SELECT type, name, tbl_name AS 'table', sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    .all() as { type: ObjectType; name: string; table: string; sql: string }[]
  const objects = rows
    .filter((row) => !isInternal(row.table) && !isQuarantine(row.table))
    .map((row): SchemaObject => ({ ...row, normal: normalize(row.sql) }))
  const ofType = (type: ObjectType): SchemaObject[] => objects.filter((object) => object.type === type)
  const byName = <T extends SchemaObject>(list: T[]): Map<string, T> => new Map(list.map((object) => [object.name, object]))
  return {
    tables: byName(ofType('table').map((table) => readTable(connection, table))),
    indexes: byName(ofType('index')),
    triggers: byName(ofType('trigger')),
    views: byName(ofType('view')),
  }
}

function readTable(connection: Connection, table: SchemaObject): CatalogTable {
  return {
    ...table,
    parts: parseCreateTable(table.sql),
    foreignKeys: readForeignKeys(connection, table.name),
    uniques: readUniques(connection, table.name),
  }
}

function readForeignKeys(connection: Connection, table: string): string[] {
  const rows = connection.prepare('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq').all(table) as {
    id: bigint
    table: string
    from: string
    to: string | null
    on_delete: string
    on_update: string
  }[]
  return [...Map.groupBy(rows, (row) => row.id).values()].map((columns) => {
    const from = columns.map((column) => column.from).join(', ')
    const to = columns.map((column) => column.to ?? '').join(', ')
    const [first] = columns
    return `${from} -> ${first?.table} (${to}) on delete ${first?.on_delete.toLowerCase()} on update ${first?.on_update.toLowerCase()}`
  })
}

function readUniques(connection: Connection, table: string): string[] {
  const indexes = connection.prepare('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1 AND partial = 0').pluck().all(table) as string[]
  const columnsOf = connection.prepare('SELECT name FROM pragma_index_info(?) ORDER BY seqno').pluck()
  const key = connection.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(table) as string[]
  const sets = indexes.map((index) => (columnsOf.all(index) as (string | null)[]).map((column) => column ?? '(expression)').join(', '))
  return [...new Set([...sets, ...(key.length > 0 ? [key.join(', ')] : [])])]
}
