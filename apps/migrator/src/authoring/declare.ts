import { findRebuilds, plainColumn } from '../lint/rebuild.ts'
import { readStatements } from '../lint/statement.ts'
import type { Catalog } from '../structure/catalog.ts'
import { findLosses } from '../structure/losses.ts'

/** A first preserve.json. */
export interface Proposal {
  readonly text: string
  /** What its author has to give the reason for, before anything takes it. */
  readonly toExplain: readonly string[]
}

/** What a declaration is made from. */
export interface ProposalRequest {
  readonly sql: string
  readonly before: Catalog
  readonly after: Catalog
  /** Tables whose rebuild Prisma's SQL may have lost something by: that has to be put back, not to be declared. */
  readonly unmended: readonly string[]
  /** The reason, where the author gave it; else it is left empty, which is no valid declaration. */
  readonly why: string
}

/**
 * Writes down what a migration takes away or changes, as far as its SQL tells. The reasons stay empty: the SQL does not
 * tell whether it was meant, and a declaration without a reason is refused by lint and deploy.
 */
export function proposeDeclaration({ sql, before, after, unmended, why }: ProposalRequest): Proposal {
  const dropped = findLosses(before, after)
    .filter(({ type, table }) => type === 'table' || type === 'column' || !unmended.includes(table.toLowerCase()))
    .map(({ type, name }) => ({ type, name, why }))
  const changed = changedColumns(sql, before)
  const tables = Object.fromEntries([...changed].map(([table, columns]) => [table, { changed: columns, why }]))
  const content = { $schema: '../../preserve.schema.json', tables, ...(dropped.length === 0 ? {} : { dropped }) }
  const toExplain = [
    ...[...changed].map(([table, columns]) => `values of ${columns.map((column) => `${table}.${column}`).join(', ')} change`),
    ...dropped.map(({ type, name }) => `${type} ${name} goes away`),
  ]
  return { text: `${JSON.stringify(content, null, 2)}\n`, toExplain: why === '' ? toExplain : [] }
}

/** Columns that were there and that a rebuild fills with something else: Prisma puts a default in the place of NULL. */
function changedColumns(sql: string, before: Catalog): Map<string, string[]> {
  return new Map(findRebuilds(readStatements(sql)).flatMap(({ table, filledWith }) => {
    const there = [...before.tables.values()].find((each) => each.name.toLowerCase() === table)
    const columns = [...filledWith].filter(([column, value]) => there?.parts.columns.has(column) === true && plainColumn(value) !== column).map(([column]) => column)
    return there === undefined || columns.length === 0 ? [] : [[there.name, columns] as const]
  }))
}
