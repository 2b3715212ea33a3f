import { MigratorError } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import { keepEverything, type PreserveDeclaration, readDeclaration } from '../preservation/declaration.ts'
import type { Connection } from '../sqlite/connection.ts'
import { Data } from './data.ts'
import type { Draft, Finding } from './finding.ts'
import { findRebuilds } from './rebuild.ts'
import { Replay } from './replay.ts'
import type { AppliedMigrations, Subject } from './rule.ts'
import { rules } from './rules/index.ts'
import { Silences } from './silence.ts'
import { type LintStatement, readStatements } from './statement.ts'

/** What is to be looked at, and beside what. */
export interface LintRequest {
  /** All migrations of the folder, in their order. */
  readonly folder: readonly Migration[]
  /** Those that findings are wanted for. */
  readonly chosen: readonly Migration[]
  /** What a database has of them; null without a database. */
  readonly ledger: AppliedMigrations | null
  /** That database, or a copy: it is only read. A deploy gives its snapshot. */
  readonly connection: Connection | null
}

const names = new Set(rules.filter((rule) => rule.always !== true).map((rule) => rule.name))

/** Holds migrations against all rules. The findings are in the order of migrations and lines. */
export function lint({ folder, chosen, ledger, connection }: LintRequest): Finding[] {
  const wanted = new Set(chosen.map((migration) => migration.name))
  const last = folder.findLastIndex((migration) => wanted.has(migration.name))
  const changed = new Set<string>()
  const findings: Finding[] = []
  const replay = new Replay()
  try {
    for (const migration of folder.slice(0, last + 1)) {
      const statements = readStatements(migration.sql)
      const replayed = replay.apply(statements)
      const isPending = ledger?.applied.has(migration.name) !== true
      if (wanted.has(migration.name)) {
        const { declaration, problem } = declarationOf(migration)
        const data = connection !== null && isPending ? new Data(connection, new Set(changed)) : null
        const found = check({ ...replayed, migration, declaration, statements, rebuilds: findRebuilds(statements), folder, ledger, data })
        findings.push(...[...problem, ...found].sort((a, b) => a.line - b.line))
      }
      if (isPending) for (const table of writtenTables(statements)) changed.add(table)
    }
  } finally {
    replay.close()
  }
  return findings
}

function check(subject: Subject): Finding[] {
  const { name } = subject.migration
  const silences = new Silences(subject.migration.sql, subject.statements, names)
  const found = rules.flatMap((rule) => [...rule.check(subject)]
    .filter((draft) => rule.always === true || !silences.covers(rule.name, draft.line))
    .map((draft) => finding(rule.name, name, draft)))
  return [...found, ...silences.problems.map((draft) => finding('lint-ignore', name, draft))]
}

function finding(rule: string, migration: string, { severity, line, message, fix }: Draft): Finding {
  return { rule, severity, migration, line, message, fix: fix ?? null }
}

/** A declaration that cannot be read declares nothing; that it cannot is a finding like others. */
function declarationOf(migration: Migration): { declaration: PreserveDeclaration; problem: Finding[] } {
  try {
    return { declaration: readDeclaration(migration), problem: [] }
  } catch (error) {
    if (!(error instanceof MigratorError)) throw error
    const problem = finding('invalid-preserve-json', migration.name, { severity: 'error', line: 1, message: `preserve.json cannot be read: ${error.why}` })
    return { declaration: keepEverything, problem: [problem] }
  }
}

function writtenTables(statements: readonly LintStatement[]): string[] {
  return statements.flatMap(({ action }) => {
    if (action.kind === 'insert' || action.kind === 'update' || action.kind === 'delete') return [action.table]
    return action.kind === 'rename-table' ? [action.to] : []
  })
}
