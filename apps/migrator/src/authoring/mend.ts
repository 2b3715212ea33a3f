import type { Catalog, CatalogTable, SchemaObject } from '../structure/catalog.ts'
import { normalize } from '../structure/ddl.ts'
import { findAlters } from '../lint/native-alter.ts'
import { findRebuilds, type Rebuild } from '../lint/rebuild.ts'
import { type LintStatement, readStatements, statementsOf } from '../lint/statement.ts'
import { alterText, rebuildText } from './migration-text.ts'
import { mergeTable } from './merge-table.ts'
import { assemble, bracketsOf, parenthesizeDefaults } from './prisma-script.ts'
import { readRendering, type Rendering, writtenParts } from './rendering.ts'

/** Prisma's SQL with what it does not know put back. */
export interface Mended {
  readonly sql: string
  /** What is other than Prisma wrote it, for people. */
  readonly notes: readonly string[]
  /** Tables that are made anew as Prisma wrote it, by name in lower case. */
  readonly unmended: readonly string[]
}

/**
 * Mends what Prisma writes for SQLite: defaults that are expressions get their parentheses (without them it is no
 * SQL), a rebuild becomes the ALTER TABLE that does the same where there is one, and else keeps the CHECKs, types,
 * indexes and triggers that schema.prisma cannot say.
 *
 * @param before the structure that is there, as SQLite has it
 * @param present the same in Prisma's words
 */
export function mendSql(generated: string, before: Catalog, present: string): Mended {
  const whole = parenthesizeDefaults(generated)
  const statements = readStatements(whole)
  const rendering = readRendering(parenthesizeDefaults(present))
  const notes: string[] = []
  const rebuilds = findRebuilds(statements)
  const mended = new Map(rebuilds.map((rebuild) => [rebuild, mendRebuild(rebuild, statements, before, rendering)]))
  const unmended = [...mended].filter(([, each]) => each === null).map(([{ table }]) => table)
  const replaced = new Map<LintStatement, string>()
  for (const each of mended.values()) for (const statement of each?.instead ?? []) replaced.set(statement, '')
  // Prisma brackets all rebuilds at once; where something in it stays as it wrote it, the bracket stays.
  const brackets = bracketsOf(statements)
  const emptied = brackets.filter((bracket) => bracket.every((statement) => statement.action.kind === 'pragma' || replaced.has(statement)))
  for (const statement of emptied.flat()) if (statement.action.kind === 'pragma') replaced.set(statement, '')
  for (const [{ create }, each] of mended) {
    if (each === null) continue
    const isBracketed = brackets.some((bracket) => bracket.includes(create) && !emptied.includes(bracket))
    replaced.set(create, each.isRebuild && !isBracketed ? `PRAGMA foreign_keys=OFF;\n${each.text}\nPRAGMA foreign_keys=ON;` : each.text)
    notes.push(each.note)
  }
  if (statements.some((statement) => !replaced.has(statement) && !generated.includes(statement.sql))) notes.push('a default that is an expression got its parentheses')
  return { sql: assemble(whole, statements, replaced), notes, unmended }
}

interface MendedRebuild {
  readonly text: string
  readonly isRebuild: boolean
  /** The statements that it stands for. */
  readonly instead: readonly LintStatement[]
  readonly note: string
}

function mendRebuild(rebuild: Rebuild, statements: readonly LintStatement[], before: Catalog, rendering: Rendering): MendedRebuild | null {
  const { table, create, insert, drop, everyRow } = rebuild
  const real = [...before.tables.values()].find((each) => each.name.toLowerCase() === table)
  const present = rendering.tables.get(table)
  if (real === undefined || present === undefined || insert === undefined || !everyRow) return null
  const merged = mergeTable(real, present, create.sql)
  if (merged === null) return null
  const after = statements.slice(statements.indexOf(drop))
  const made = statementsOf(after, 'create-index').filter(({ action }) => action.table === table)
  const rename = statementsOf(after, 'rename-table').filter(({ action }) => action.to === table)
  const isThere = ({ action, sql }: LintStatement & { action: { name: string } }): boolean => indexOf(before, action.name)?.normal === normalize(sql)
  const vanished = (rendering.indexes.get(table) ?? []).filter((name) => !made.some((statement) => statement.action.name === name && isThere(statement)))
  const explicit = statementsOf(statements, 'drop').map(({ action }) => action.name)
  const added = made.filter((statement) => !isThere(statement)).map((statement) => statement.sql)
  const instead = [create, insert, drop, ...rename, ...made]
  const alters = fillsNew(rebuild, real) ? null : findAlters(real, merged, new Map())
  if (alters !== null) {
    const note = `${real.name} is altered in place: Prisma would have made it anew, with all of its rows`
    return { text: alterText(asWritten(alters, create), vanished.filter((name) => !explicit.includes(name)), added), isRebuild: false, instead, note }
  }
  const note = `${real.name} is made anew as it was: Prisma would have lost what schema.prisma cannot say of it`
  return { text: rebuildText({ before, table: real, merged, copy: insert.sql, vanished, added }), isRebuild: true, instead, note }
}

function indexOf(before: Catalog, name: string): SchemaObject | undefined {
  return [...before.indexes.values()].find((index) => index.name.toLowerCase() === name)
}

/** A copy that computes something is more than an ALTER does. */
function fillsNew({ filledWith }: Rebuild, real: CatalogTable): boolean {
  return [...filledWith].some(([column, value]) => value.length !== 1 || !real.parts.columns.has(column))
}

/** Added columns in Prisma's words: the normal form of names is in lower case. */
function asWritten(alters: readonly string[], create: LintStatement): string[] {
  const { parts } = writtenParts(create.sql)
  return alters.map((alter) => {
    const [, start, column] = /^(ALTER TABLE \S+ ADD COLUMN )(\S+) /.exec(alter) ?? []
    const part = parts.find((each) => each.column === column)
    return start === undefined || part === undefined ? alter : `${start}${part.text};`
  })
}
