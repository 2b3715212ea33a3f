import type { Catalog, CatalogTable, SchemaObject } from './catalog.ts'

/** One way in which a database's structure is not what it should be. */
export interface StructureDifference {
  readonly kind: 'missing' | 'extra' | 'changed'
  readonly type: 'table' | 'index' | 'trigger' | 'view'
  readonly name: string
  /** The table it belongs to, or is. */
  readonly table: string
  /** What is different, for people. */
  readonly text: string
  /** The object as it is in the database; null where it is missing. */
  readonly actual: string | null
}

/** Compares two structures; ways of writing do not count. */
export function compareStructures(actual: Catalog, expected: Catalog): StructureDifference[] {
  return [
    ...compareKind('table', actual.tables, expected.tables, describeTableChange),
    ...compareKind('index', actual.indexes, expected.indexes, describeChange),
    ...compareKind('trigger', actual.triggers, expected.triggers, describeChange),
    ...compareKind('view', actual.views, expected.views, describeChange),
  ]
}

function compareKind<T extends SchemaObject>(
  type: StructureDifference['type'],
  actual: ReadonlyMap<string, T>,
  expected: ReadonlyMap<string, T>,
  describe: (actual: T, expected: T) => string,
): StructureDifference[] {
  const differences: StructureDifference[] = []
  for (const [name, object] of expected) {
    const there = actual.get(name)
    if (there === undefined) {
      differences.push({ kind: 'missing', type, name, table: object.table, text: `${type} ${name} is missing`, actual: null })
    } else if (!isSame(there, object)) {
      differences.push({ kind: 'changed', type, name, table: object.table, text: `${type} ${name} is different: ${describe(there, object)}`, actual: there.sql })
    }
  }
  for (const [name, object] of actual) {
    if (!expected.has(name)) {
      const where = type === 'table' || type === 'view' ? '' : ` on ${object.table}`
      differences.push({ kind: 'extra', type, name, table: object.table, text: `${type} ${name}${where} should not be there`, actual: object.sql })
    }
  }
  return differences
}

/** Whether two objects of one name mean the same. */
export function isSame(a: SchemaObject, b: SchemaObject): boolean {
  return a.normal.replace(/^create (\w+) if not exists/, 'create $1') === b.normal.replace(/^create (\w+) if not exists/, 'create $1')
}

function describeChange(actual: SchemaObject, expected: SchemaObject): string {
  return `it is "${actual.normal}", expected "${expected.normal}"`
}

function describeTableChange(actual: CatalogTable, expected: CatalogTable): string {
  const changes: string[] = []
  for (const [column, definition] of expected.parts.columns) {
    const there = actual.parts.columns.get(column)
    if (there === undefined) changes.push(`column ${column} is missing`)
    else if (there !== definition) changes.push(`column ${column} is "${there}", expected "${definition}"`)
  }
  for (const column of actual.parts.columns.keys()) {
    if (!expected.parts.columns.has(column)) changes.push(`column ${column} should not be there`)
  }
  const has = new Set(actual.parts.constraints)
  const wants = new Set(expected.parts.constraints)
  for (const constraint of wants) if (!has.has(constraint)) changes.push(`constraint "${constraint}" is missing`)
  for (const constraint of has) if (!wants.has(constraint)) changes.push(`constraint "${constraint}" should not be there`)
  if (actual.parts.options !== expected.parts.options) changes.push(`options are "${actual.parts.options}", expected "${expected.parts.options}"`)
  return changes.length > 0 ? changes.join('; ') : 'its columns are in another order'
}
