import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { type ErrorReport, EXIT, usage } from '../errors.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { appliedMigrations } from '../lint/applied.ts'
import type { Finding } from '../lint/finding.ts'
import { lint as lintMigrations } from '../lint/lint.ts'
import { type Migration, readMigrations } from '../migrations/folder.ts'
import { type Connection, withDatabase } from '../sqlite/connection.ts'
import { explain } from '../sqlite/explain.ts'
import { countOf } from '../terminal/describe.ts'
import { renderAnnotations, renderFindings } from '../terminal/render-findings.ts'
import type { CommandInput, CommandResult } from './command.ts'

/** What `migrator lint` takes besides the common options. */
export interface LintFlags {
  readonly format?: 'text' | 'github'
}

/**
 * `migrator lint [MIGRATION…]`: what is wrong with migrations before they meet data. Without names: those that the
 * database lacks, or all where there is none. Exit 3 when an error is found.
 */
export async function lint({ settings, cwd, terminal }: CommandInput, wanted: readonly string[], flags: LintFlags): Promise<CommandResult> {
  const { database, prismaDir } = settings
  const folder = readMigrations(prismaDir)
  const named = wanted.map((name) => findMigration(folder, name, prismaDir))
  const { findings, looked } = existsSync(database) ? onDatabase(database, folder, named) : run(folder, named, null, database)

  const errors = findings.filter((finding) => finding.severity === 'error')
  const exitCode = errors.length === 0 ? EXIT.ok : EXIT.refused
  const fileOf = (name: string): string => folder.find((migration) => migration.name === name)?.file ?? name
  return {
    exitCode,
    json: findings,
    text: flags.format === 'github' ? renderAnnotations(findings, fileOf, terminal.env['GITHUB_WORKSPACE'] ?? cwd) : renderFindings(findings, looked),
    ...(errors.length === 0 ? {} : { error: lintError(errors) }),
  }
}

function lintError(errors: readonly Finding[]): ErrorReport {
  const [first] = errors
  return {
    code: 'LINT_ERRORS',
    what: `${countOf(errors.length, 'error')} in what the migrations say.`,
    why: `${first?.migration}/migration.sql:${first?.line}: ${first?.message}`,
    next: 'Mend it, declare it in preserve.json, or silence the rule with "-- lint-ignore RULE: reason" on the line before the statement.',
  }
}

function onDatabase(database: string, folder: readonly Migration[], named: readonly Migration[]): { findings: Finding[]; looked: number } {
  try {
    assertDatabasePlace(database, 'read')
    // A connection that can write recovers what a crash left; query_only keeps it from anything else.
    return withDatabase(database, {}, (connection) => {
      connection.pragma('query_only = ON')
      return run(folder, named, connection, database)
    })
  } catch (error) {
    throw explain(error, database)
  }
}

function run(folder: readonly Migration[], named: readonly Migration[], connection: Connection | null, database: string): { findings: Finding[]; looked: number } {
  const ledger = connection === null ? null : appliedMigrations(connection, database, folder)
  const pending = folder.filter((migration) => ledger?.applied.has(migration.name) !== true)
  // An edited file is nobody's pending migration, and has to be told all the same.
  const edited = folder.filter((migration) => ledger?.edited.has(migration.name) === true)
  if (named.length > 0) return { findings: lintMigrations({ folder, chosen: named, ledger, connection }), looked: named.length }
  const findings = [
    ...lintMigrations({ folder, chosen: edited, ledger, connection }).filter((finding) => finding.rule === 'changed-applied-file'),
    ...lintMigrations({ folder, chosen: pending, ledger, connection }),
  ]
  return { findings, looked: pending.length + edited.length }
}

/** A migration by its name, a part of it that only it has, or its folder or file. */
function findMigration(folder: readonly Migration[], wanted: string, prismaDir: string): Migration {
  const name = basename(wanted) === 'migration.sql' ? basename(dirname(wanted)) : basename(wanted)
  const exact = folder.find((migration) => migration.name === name)
  const like = folder.filter((migration) => migration.name.includes(name))
  const [found] = exact === undefined ? like : [exact]
  if (found !== undefined && (exact !== undefined || like.length === 1)) return found
  throw usage({
    code: 'MIGRATION_UNKNOWN',
    what: like.length > 1 ? `${wanted} may be ${like.map((migration) => migration.name).join(' or ')}.` : `There is no migration ${wanted}.`,
    why: `The migrations of ${prismaDir} are the folders in it.`,
    next: 'Name one as its folder is called, or none for all that are pending.',
  })
}
