import { type Connection, openMemory } from '../sqlite/connection.ts'
import { readBtreePage } from './btree-page.ts'
import { toRebuild } from './derived.ts'
import type { PageFile } from './page-file.ts'
import { readFromIndexes, withCollecting } from './partial-rows.ts'
import { readSchemaRows, type SchemaRow } from './schema-rows.ts'
import { insertFor } from './shape.ts'
import { chooseStructure, type Definition } from './structure.ts'
import { type FileSurvey, type Survey, survey } from './survey.ts'

/** What could be read of one table. */
export interface SalvagedTable {
  readonly table: string
  readonly rows: number
  /** Of these, on pages whose way from the root is destroyed. */
  readonly loose: number
  /** Of these, put together from index entries. */
  readonly fromIndexes: number
  /** Rows of which only some columns are known; set aside. */
  readonly partial: number
  /** Read, and not taken: another row has their key. */
  readonly doubled: number
  readonly lostPages: number
  readonly lostCells: number
  /** Made anew from other tables instead. */
  readonly rebuilt: boolean
}

export interface Salvage {
  readonly tables: readonly SalvagedTable[]
  readonly objects: readonly Definition[]
  /** Objects of the structure that are not the file's own. */
  readonly addedObjects: readonly string[]
  readonly unknownPages: number
  readonly freeKnown: boolean
}

/**
 * Reads what a damaged file still has into an empty database, table by table: page by page through each tree and
 * around what is destroyed, then pages that hang on no tree any more, at last the indexes. SQLite would stop at the
 * first damage; the pages behind it are as good as before.
 *
 * Indexes that are not unique, views and triggers come with finish(), when all rows are in.
 */
export function salvage(file: PageFile, target: Connection, sources: { readonly backup: string | null; readonly prismaDir: string; readonly now: string }): Salvage {
  const claimed = new Set<number>()
  const schema = readSchemaRows(file, claimed)
  const { objects, added } = chooseStructure(schema.rows, schema.damage.pages + schema.damage.cells > 0, sources.backup, sources.prismaDir)
  target.pragma('foreign_keys = OFF')
  target.pragma('ignore_check_constraints = ON')
  target.pragma('synchronous = OFF')
  const has = (type: Definition['type'], wanted: (object: Definition) => boolean = () => true): Definition[] => objects.filter((object) => object.type === type && wanted(object))
  for (const { sql } of [...has('table'), ...has('index', ({ sql: text }) => /^CREATE\s+UNIQUE/i.test(text))]) target.exec(sql)
  const found = surveyOf(file, schema.rows, [...has('table'), ...has('index')], claimed)
  const rebuild = toRebuild(new Set(found.tables.filter((each) => each.lostPages + each.lostCells > 0).map(({ shape }) => shape.table)), objects)
  for (const { sql } of rebuild.triggers) target.exec(sql)
  const salvaged = target.transaction(() => found.tables.map((each) => (rebuild.tables.has(each.shape.table) ? rebuilt(each) : salvageTable(file, each, target, sources.now))))
  const tables = withCollecting(target, () => salvaged())
  raiseSequences(file, schema.rows.find(({ name }) => name === 'sqlite_sequence')?.root ?? 0, target)
  return { tables, objects, addedObjects: added, unknownPages: found.unknownPages, freeKnown: found.freeKnown }
}

function surveyOf(file: PageFile, rows: readonly SchemaRow[], objects: readonly Definition[], claimed: Set<number>): FileSurvey {
  const structure = openMemory()
  try {
    for (const { sql } of objects) structure.exec(sql)
    return survey(file, rows, structure, claimed)
  } finally {
    structure.close()
  }
}

function rebuilt({ shape, lostPages, lostCells }: Survey): SalvagedTable {
  return { table: shape.table, rows: 0, loose: 0, fromIndexes: 0, partial: 0, doubled: 0, lostPages, lostCells, rebuilt: true }
}

function salvageTable(file: PageFile, table: Survey, target: Connection, now: string): SalvagedTable {
  const inTree = insertPages(file, table, table.pages, target)
  const onLoose = insertPages(file, table, table.loose, target)
  const { lostPages, lostCells } = table
  const { whole, partial } = lostPages + lostCells > 0 ? readFromIndexes(file, table, target, now) : { whole: 0, partial: 0 }
  return {
    table: table.shape.table, rows: inTree.taken + onLoose.taken + whole, loose: onLoose.taken, fromIndexes: whole, partial,
    doubled: inTree.doubled + onLoose.doubled, lostPages, lostCells, rebuilt: false,
  }
}

function insertPages(file: PageFile, { shape }: Survey, pages: readonly number[], target: Connection): { taken: number; doubled: number } {
  const statements = new Map<number, ReturnType<typeof prepare>>()
  const prepare = (length: number): { run: (cell: Parameters<ReturnType<typeof insertFor>['valuesOf']>[0]) => number } => {
    const { sql, valuesOf } = insertFor(shape, length)
    const statement = target.prepare(sql)
    return { run: (cell) => statement.run(...valuesOf(cell)).changes }
  }
  let [taken, doubled] = [0, 0]
  for (const page of pages) {
    for (const cell of readBtreePage(file, page)?.cells ?? []) {
      const length = Math.min(cell.values.length, shape.columns.length)
      const statement = statements.get(length) ?? prepare(length)
      statements.set(length, statement)
      if (statement.run(cell) > 0) taken++
      else doubled++
    }
  }
  return { taken, doubled }
}

/** A number that was given once is not given again, also where its row is gone. */
function raiseSequences(file: PageFile, root: number, target: Connection): void {
  if (root === 0 || target.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").get() === undefined) return
  const waiting = [root]
  for (let number = waiting.pop(); number !== undefined && waiting.length < file.pages; number = waiting.pop()) {
    const page = readBtreePage(file, number)
    waiting.push(...(page?.children ?? []).filter((child) => child !== root))
    for (const { values: [name, last] } of page?.cells ?? []) {
      if (typeof name !== 'string' || typeof last !== 'bigint') continue
      const changed = target.prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?').run(last, name).changes
      if (changed === 0 && target.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ? AND sql LIKE '%AUTOINCREMENT%'").get(name) !== undefined) {
        target.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, last)
      }
    }
  }
}
