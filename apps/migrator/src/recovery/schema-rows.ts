import type { ObjectType } from '../structure/catalog.ts'
import { type Cell, readBtreePage } from './btree-page.ts'
import type { PageFile } from './page-file.ts'
import { type TreeDamage, walkTree } from './tree.ts'

/** What a damaged file says of one object of its structure. */
export interface SchemaRow {
  readonly type: ObjectType
  readonly name: string
  readonly table: string
  readonly root: number
  /** Null for the indexes that belong to a key. */
  readonly sql: string | null
}

const TYPES: readonly unknown[] = ['table', 'index', 'trigger', 'view']

/**
 * The structure as the file has it: through sqlite_schema's tree, and where this is damaged, from any page that holds
 * such rows and belongs to it no more.
 */
export function readSchemaRows(file: PageFile, claimed: Set<number>): { readonly rows: readonly SchemaRow[]; readonly damage: TreeDamage } {
  const found = new Map<string, SchemaRow>()
  const keep = ({ values }: Cell): boolean => {
    const row = schemaRow(values, file.pages)
    if (row !== null && !found.has(`${row.type} ${row.name}`)) found.set(`${row.type} ${row.name}`, row)
    return row !== null
  }
  const damage = walkTree(file, 1, 'table', claimed, ({ cells }) => cells.forEach(keep))
  if (damage.pages + damage.cells === 0) return { rows: [...found.values()], damage }
  for (let number = 2; number <= file.pages; number++) {
    if (claimed.has(number)) continue
    const page = readBtreePage(file, number)
    if (page?.kind !== 'table-leaf' || page.cells.length === 0 || !page.cells.every(({ values }) => schemaRow(values, file.pages) !== null)) continue
    claimed.add(number)
    page.cells.forEach(keep)
  }
  return { rows: [...found.values()], damage }
}

function schemaRow(values: Cell['values'], pages: number): SchemaRow | null {
  const [type, name, table, root, sql] = values
  if (values.length !== 5 || !TYPES.includes(type) || typeof name !== 'string' || typeof table !== 'string') return null
  if ((typeof root !== 'bigint' && root !== null) || (typeof sql !== 'string' && sql !== null)) return null
  if ((root ?? 0n) < 0n || Number(root ?? 0n) > pages) return null
  return { type: type as ObjectType, name, table, root: Number(root ?? 0n), sql: sql ?? null }
}
