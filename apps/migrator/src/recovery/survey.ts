import type { Connection } from '../sqlite/connection.ts'
import { type BtreePage, readBtreePage } from './btree-page.ts'
import type { PageFile } from './page-file.ts'
import type { SchemaRow } from './schema-rows.ts'
import { fits, type Shape, shapeOf } from './shape.ts'
import { freePages, walkTree } from './tree.ts'

/** Where a table's rows are in a damaged file. */
export interface Survey {
  readonly shape: Shape
  /** Pages of its tree, in order. */
  readonly pages: readonly number[]
  /** Pages that belong to no tree any more, with rows that can only be of this table. */
  readonly loose: number[]
  /** Pages and cells of its tree that cannot be read. */
  readonly lostPages: number
  readonly lostCells: number
  /** The pages of its indexes, as far as they can be read. */
  readonly indexes: readonly { readonly columns: readonly (string | null)[]; readonly pages: readonly number[] }[]
}

export interface FileSurvey {
  readonly tables: readonly Survey[]
  /** Pages with rows that may be of several tables, or of none. */
  readonly unknownPages: number
  /** Whether it is known which pages are free: else deleted rows may be among those of loose pages. */
  readonly freeKnown: boolean
}

/**
 * Finds all pages of all tables, before anything is read: which are whole decides on how the rest is done.
 *
 * @param structure a database with the tables and all indexes, empty
 */
export function survey(file: PageFile, rows: readonly SchemaRow[], structure: Connection, claimed: Set<number>): FileSurvey {
  const walk = (name: string, kind: 'table' | 'index'): { pages: number[]; lostPages: number; lostCells: number } => {
    const root = rows.find((row) => row.name.toLowerCase() === name.toLowerCase())?.root ?? 0
    const pages: number[] = []
    const damage = walkTree(file, root, kind, claimed, (_, number) => pages.push(number))
    return { pages, lostPages: damage.pages, lostCells: damage.cells }
  }
  const names = structure.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid").pluck().all() as string[]
  const trees = names.map((name) => {
    const shape = shapeOf(structure, name)
    return { shape, ...walk(name, shape.withoutRowid ? 'index' : 'table') }
  })
  const tables = trees.map((tree): Survey => {
    const indexes = structure.prepare('SELECT name FROM pragma_index_list(?)').pluck().all(tree.shape.table) as string[]
    const known = tree.shape.withoutRowid ? indexes.filter((name) => !name.startsWith('sqlite_autoindex_')) : indexes
    return { ...tree, loose: [], indexes: known.map((name) => ({ columns: columnsOf(structure, name), pages: walk(name, 'index').pages })) }
  })
  const free = freePages(file)
  return { tables, unknownPages: assignLoose(file, tables.filter((each) => each.lostPages > 0), claimed, free.pages), freeKnown: free.whole }
}

/** A page whose way from the root is destroyed still has its rows; only tables that miss pages come into question. */
function assignLoose(file: PageFile, damaged: readonly Survey[], claimed: ReadonlySet<number>, free: ReadonlySet<number>): number {
  let unknown = 0
  for (let number = 2; damaged.length > 0 && number <= file.pages; number++) {
    if (claimed.has(number) || free.has(number)) continue
    const page = readBtreePage(file, number)
    if (page === null || page.cells.length === 0) continue
    const owner = ownerOf(page, damaged)
    if (owner !== null) owner.loose.push(number)
    else if (page.kind === 'table-leaf') unknown++
  }
  return unknown
}

function ownerOf({ cells }: BtreePage, damaged: readonly Survey[]): Survey | null {
  const possible = damaged.filter(({ shape }) => cells.every((cell) => fits(shape, cell)))
  if (possible.length <= 1) return possible[0] ?? null
  const exact = possible.filter(({ shape }) => cells.every(({ values }) => values.length === shape.columns.length))
  return exact.length === 1 ? exact[0] ?? null : null
}

/** The columns of an index's entries; null where it has an expression. */
function columnsOf(structure: Connection, index: string): (string | null)[] {
  return structure.prepare('SELECT name FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno').pluck().all(index) as (string | null)[]
}
