import { splitStatements } from '@trivia/schema-engine/sql'
import { dataStepOf } from '../data-steps/find.ts'
import type { Migration } from '../migrations/folder.ts'
import type { Catalog } from '../structure/catalog.ts'
import { bareName, meaningfulTokens } from '../structure/ddl.ts'
import type { PreserveDeclaration } from './declaration.ts'

/** A pending migration with what it declares, and the structure that it begins with. */
export interface PlannedMigration {
  readonly migration: Migration
  readonly declaration: PreserveDeclaration
  readonly before: Catalog
}

/**
 * Divides pending migrations into stages, after each of which the rows are compared: what one migration declares
 * must not cover what another does. Migrations that write to different tables, or declare the same for those that
 * they share, need no comparison in between; so nearly always there is one stage.
 */
export function planStages(planned: readonly PlannedMigration[]): PlannedMigration[][] {
  const stages: PlannedMigration[][] = []
  for (const next of planned) {
    const current = stages.at(-1)
    if (current === undefined || standsAlone(next) || current.some((other) => standsAlone(other) || inEachOthersWay(other, next))) stages.push([next])
    else current.push(next)
  }
  return stages
}

/** A data step sees the schema as of its own migration; questions are asked right before and after theirs. */
export function standsAlone({ migration, declaration }: PlannedMigration): boolean {
  return dataStepOf(migration) !== null || declaration.queries.length > 0 || Object.keys(declaration.forecast).length > 0
}

function inEachOthersWay(a: PlannedMigration, b: PlannedMigration): boolean {
  const [first, second] = [writtenTables(a), writtenTables(b)]
  const declared = new Set([...Object.keys(a.declaration.tables), ...Object.keys(b.declaration.tables)].map((table) => table.toLowerCase()))
  return [...declared].some((table) => writes(first, table) && writes(second, table) && !sameDeclaration(a, b, table))
}

/** The tables that a migration may write to; `all` where that cannot be said. */
type Written = ReadonlySet<string> | 'all'

function writes(written: Written, table: string): boolean {
  return written === 'all' || written.has(table)
}

function writtenTables({ migration, before }: PlannedMigration): Written {
  const written = new Set<string>()
  for (const statement of splitStatements(migration.sql)) {
    const words = meaningfulTokens(statement.sql).map(bareName)
    const target = writeTarget(words)
    if (target === 'all') return 'all'
    for (const table of target) written.add(table)
  }
  // A trigger writes where it likes.
  if (written.size > 0 && before.triggers.size > 0) return 'all'
  for (const table of written) for (const child of childrenOf(before, table)) written.add(child)
  return written
}

const BETWEEN = new Set(['or', 'rollback', 'abort', 'replace', 'fail', 'ignore', 'into', 'from', 'table', 'if', 'exists', 'main', '.'])

function writeTarget(words: readonly string[]): readonly string[] | 'all' {
  const [verb, second] = words
  const name = words.slice(1).find((word) => !BETWEEN.has(word))
  if (verb === 'with' || (verb === 'create' && words.slice(1, 4).includes('trigger')) || words.includes('writable_schema')) return 'all'
  if (verb === 'update' || verb === 'delete' || verb === 'insert' || verb === 'replace' || (verb === 'drop' && second === 'table')) return name === undefined ? [] : [name]
  const renamed = verb === 'alter' ? words.indexOf('rename') : -1
  const to = renamed !== -1 && words[renamed + 1] === 'to' ? words[renamed + 2] : undefined
  return to === undefined || name === undefined ? [] : [name, to]
}

/** Tables whose rows go, or change, with those of a table. */
function childrenOf(catalog: Catalog, table: string): string[] {
  return [...catalog.tables.values()].filter((each) => each.foreignKeys.some((key) => key.toLowerCase().includes(`-> ${table} (`))).map((each) => each.name.toLowerCase())
}

function sameDeclaration(a: PlannedMigration, b: PlannedMigration, table: string): boolean {
  const of = ({ declaration }: PlannedMigration): string => {
    const found = Object.entries(declaration.tables).find(([name]) => name.toLowerCase() === table)?.[1]
    return JSON.stringify(found === undefined ? null : [[...found.changed].sort(), found.lost, found.added])
  }
  return of(a) === of(b)
}
