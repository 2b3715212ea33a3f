import { readStatements, statementsOf } from '../lint/statement.ts'
import { meaningfulTokens, parseCreateTable, splitAtCommas, closingOf, type TableParts } from '../structure/ddl.ts'

/** A database's structure as Prisma writes it: without what it does not know. */
export interface Rendering {
  readonly tables: ReadonlyMap<string, TableParts>
  /** The names of the indexes that Prisma knows, by table. */
  readonly indexes: ReadonlyMap<string, readonly string[]>
}

/** Reads Prisma's own DDL. */
export function readRendering(sql: string): Rendering {
  const statements = readStatements(sql)
  const indexes = Map.groupBy(statementsOf(statements, 'create-index'), ({ action }) => action.table)
  return {
    tables: new Map(statementsOf(statements, 'create-table').map((statement) => [statement.action.table, parseCreateTable(statement.sql)])),
    indexes: new Map([...indexes].map(([table, list]) => [table, list.map(({ action }) => action.name)])),
  }
}

/** What Prisma wants to be different in a table: the difference of two of its own texts. */
export interface TableChange {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly dropped: readonly string[]
  /** Table constraints in their normal form, without a name. */
  readonly constraintsAdded: readonly string[]
  readonly constraintsDropped: readonly string[]
}

/** Compares what Prisma says of a table that is there with what it wants there. */
export function changeBetween(present: TableParts, wanted: TableParts): TableChange {
  const names = [...present.columns.keys()]
  const had = present.constraints.map(nameless)
  const has = wanted.constraints.map(nameless)
  return {
    added: [...wanted.columns.keys()].filter((name) => !present.columns.has(name)),
    changed: names.filter((name) => wanted.columns.has(name) && wanted.columns.get(name) !== present.columns.get(name)),
    dropped: names.filter((name) => !wanted.columns.has(name)),
    constraintsAdded: has.filter((constraint) => !had.includes(constraint)),
    constraintsDropped: had.filter((constraint) => !has.includes(constraint)),
  }
}

/** Prisma names the foreign keys that it makes, and leaves those without a name that it finds. */
export function nameless(constraint: string): string {
  return constraint.replace(/^constraint \S+ /, '')
}

/** A column or table constraint of a CREATE TABLE, as it is written. */
export interface WrittenPart {
  readonly text: string
  /** The same with names in lower case and without comments; see ddl.ts. */
  readonly normal: string
  /** Null for a table constraint. */
  readonly column: string | null
}

/** The parts of a CREATE TABLE as they are written, and what follows them. */
export function writtenParts(sql: string): { parts: WrittenPart[]; options: string } {
  const tokens = meaningfulTokens(sql)
  const open = tokens.findIndex((token) => token.text === '(')
  const close = closingOf(tokens, open)
  const parts = splitAtCommas(tokens.slice(open + 1, close)).flatMap((part): WrittenPart[] => {
    const [first, last] = [part[0], part.at(-1)]
    if (first === undefined || last === undefined) return []
    const text = sql.slice(first.offset, last.offset + last.text.length)
    const { columns, constraints } = parseCreateTable(`CREATE TABLE t (${text})`)
    const [column] = [...columns]
    return [column === undefined ? { text, normal: constraints[0] ?? '', column: null } : { text, normal: column[1], column: column[0] }]
  })
  const end = tokens[close]
  return { parts, options: end === undefined ? '' : sql.slice(end.offset + 1).trim() }
}
