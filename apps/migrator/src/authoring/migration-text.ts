import type { Catalog, CatalogTable, SchemaObject } from '../structure/catalog.ts'
import { bareName, meaningfulTokens, parseCreateTable } from '../structure/ddl.ts'
import { quoteText } from '../sqlite/connection.ts'

/** A change of a table in place. */
export function alterText(alters: readonly string[], droppedIndexes: readonly string[], newIndexes: readonly string[]): string {
  return [...droppedIndexes.map((name) => `DROP INDEX ${name};`), ...alters, ...newIndexes.map(ended)].join('\n')
}

/** What a rebuild is written from. */
export interface RebuildRequest {
  readonly before: Catalog
  /** The table as it is. */
  readonly table: CatalogTable
  /** The table as it is to be. */
  readonly merged: CatalogTable
  /** Prisma's INSERT … SELECT into new_TABLE. */
  readonly copy: string
  /** Indexes that schema.prisma had and has no more. */
  readonly vanished: readonly string[]
  readonly added: readonly string[]
}

/** A rebuild of a table that loses nothing: its indexes and triggers come back, and who else speaks of it steps aside. */
export function rebuildText({ before, table, merged, copy, vanished, added }: RebuildRequest): string {
  const { name } = table
  const ofTable = (object: SchemaObject): boolean => object.table.toLowerCase() === name.toLowerCase()
  const gone = [...parseCreateTable(table.sql).columns.keys()].filter((column) => !merged.parts.columns.has(column))
  // An index on a column that goes away goes with it; lint asks whether that is meant.
  const indexes = [...before.indexes.values()].filter((index) => ofTable(index) && !vanished.includes(index.name.toLowerCase()) && gone.every((column) => !mentions(index, column)))
  const own = [...before.triggers.values()].filter(ofTable)
  // SQLite does not give a table a name while others speak of one that is not there.
  const others = [...before.triggers.values(), ...before.views.values()].filter((object) => !ofTable(object) && mentions(object, name))
  return [
    ...others.map((object) => `DROP ${object.type.toUpperCase()} ${object.name};`),
    `${merged.sql.replace(/^CREATE TABLE \S+/i, `CREATE TABLE new_${name}`)};`,
    ended(copy),
    ...(/\bautoincrement\b/i.test(table.sql) ? sequenceOf(name) : []),
    `DROP TABLE ${name};`,
    `ALTER TABLE new_${name} RENAME TO ${name};`,
    ...[...indexes, ...own, ...others].map((object) => ended(object.sql)),
    ...added.map(ended),
  ].join('\n')
}

/** The highest number that was ever given stays given, also when its row is gone. */
function sequenceOf(name: string): string[] {
  return [
    `DELETE FROM sqlite_sequence WHERE name = ${quoteText(`new_${name}`)};`,
    `UPDATE sqlite_sequence SET name = ${quoteText(`new_${name}`)} WHERE name = ${quoteText(name)};`,
  ]
}

function mentions(object: SchemaObject, name: string): boolean {
  return meaningfulTokens(object.sql).some((token) => token.kind !== 'string' && bareName(token) === name.toLowerCase())
}

function ended(sql: string): string {
  return `${sql.trimEnd().replace(/;$/, '')};`
}
