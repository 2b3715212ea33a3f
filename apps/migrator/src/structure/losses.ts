import type { DroppedDeclaration } from '../preservation/declaration.ts'
import type { Catalog, CatalogTable, SchemaObject } from './catalog.ts'
import { isSame } from './difference.ts'

/** A part of the structure that was there before and is not any more. */
export interface StructureLoss {
  readonly type: DroppedDeclaration['type']
  /** The object's name; for parts of a table TABLE.COLUMN or TABLE. */
  readonly name: string
  readonly table: string
  readonly text: string
}

/**
 * What went away between two structures. Prisma's rebuilds of tables drop silently what it does not know:
 * CHECKs, triggers, partial and expression indexes.
 */
export function findLosses(before: Catalog, after: Catalog): StructureLoss[] {
  const losses: StructureLoss[] = []
  for (const [name, table] of before.tables) {
    const now = after.tables.get(name)
    if (now === undefined) losses.push({ type: 'table', name, table: name, text: `table ${name} was dropped` })
    else losses.push(...tableLosses(table, now))
  }
  losses.push(
    ...objectLosses('index', before.indexes, after.indexes),
    ...objectLosses('trigger', before.triggers, after.triggers),
    ...objectLosses('view', before.views, after.views),
  )
  const dropped = new Set(losses.filter((loss) => loss.type === 'table').map((loss) => loss.name))
  // Indexes and triggers go with their table; the table is enough to say.
  return losses.filter((loss) => loss.type === 'table' || !dropped.has(loss.table))
}

/** The losses that no declaration explains. */
export function undeclaredLosses(losses: readonly StructureLoss[], declared: readonly DroppedDeclaration[]): StructureLoss[] {
  const wholeTable = new Set<string>(['check', 'foreign_key', 'unique'])
  return losses.filter((loss) => !declared.some((each) => each.type === loss.type && (each.name === loss.name || (wholeTable.has(loss.type) && each.name === loss.table))))
}

function objectLosses(type: 'index' | 'trigger' | 'view', before: ReadonlyMap<string, SchemaObject>, after: ReadonlyMap<string, SchemaObject>): StructureLoss[] {
  return [...before].flatMap(([name, object]) => {
    const now = after.get(name)
    if (now === undefined) return [{ type, name, table: object.table, text: `${type} ${name} on ${object.table} was dropped` }]
    if (isSame(now, object)) return []
    return [{ type, name, table: object.table, text: `${type} ${name} became another one: it was "${object.normal}", it is "${now.normal}"` }]
  })
}

function tableLosses(before: CatalogTable, after: CatalogTable): StructureLoss[] {
  const table = before.name
  const losses: StructureLoss[] = []
  for (const column of before.parts.columns.keys()) {
    if (!after.parts.columns.has(column)) losses.push({ type: 'column', name: `${table}.${column}`, table, text: `column ${table}.${column} was dropped` })
  }
  const checks = after.parts.checks.map((check) => check.condition)
  for (const { column, condition } of before.parts.checks) {
    const at = checks.indexOf(condition)
    if (at !== -1) checks.splice(at, 1)
    else losses.push({ type: 'check', name: column === null ? table : `${table}.${column}`, table, text: `CHECK (${condition}) of ${table} was dropped` })
  }
  for (const key of before.foreignKeys) {
    if (!after.foreignKeys.includes(key)) losses.push({ type: 'foreign_key', name: `${table}.${key.split(' -> ')[0]}`, table, text: `foreign key ${key} of ${table} was dropped` })
  }
  for (const unique of before.uniques) {
    if (!after.uniques.includes(unique)) losses.push({ type: 'unique', name: `${table}.${unique}`, table, text: `UNIQUE (${unique}) of ${table} was dropped` })
  }
  return losses
}
