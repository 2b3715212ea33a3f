import { refuse } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import { readVersion } from '../migrations/ledger.ts'
import type { Connection } from '../sqlite/connection.ts'
import { readCatalog, type Catalog } from '../structure/catalog.ts'
import { replayStepwise } from '../structure/reference.ts'

/** The versions that the older system knew; the migrations that make them come first in the folder. */
const LEGACY_VERSIONS = 2

/** The guide's five tables: a database without them is not ours. */
const CORE_TABLES = ['users', 'questions', 'user_achievements', 'weekly_rankings', 'game_sessions']

/** What an older database is, in terms of the folder's migrations. */
export interface Recognition {
  readonly version: number
  /** The migrations whose work the older system has done. */
  readonly baseline: readonly Migration[]
}

/**
 * Says which version of the older system a database without a ledger is.
 *
 * @throws MigratorError FOREIGN_DATABASE, UNKNOWN_COLUMNS or DATABASE_NEWER, each with exit 3
 */
export function recogniseLegacy(connection: Connection, database: string, migrations: readonly Migration[]): Recognition {
  const actual = readCatalog(connection)
  const missing = CORE_TABLES.filter((table) => !actual.tables.has(table))
  if (missing.length > 0) throw foreign(database, `It has no ${missing.length === CORE_TABLES.length ? 'table of the trivia system' : `table ${missing.join(', ')}`}, and no ledger of Prisma's.`)

  const steps = replayStepwise(migrations.slice(0, LEGACY_VERSIONS))
  const stored = readVersion(connection)
  if (stored !== null && stored > LEGACY_VERSIONS) {
    throw refuse({
      code: 'DATABASE_NEWER',
      what: `The database says that it has version ${stored}, but no ledger of what brought it there.`,
      why: `Only versions 1 and ${LEGACY_VERSIONS} were ever made by hand or by the older system.`,
      next: 'Restore a backup that has its ledger: "migrator backup list", then "migrator restore FILE".',
    })
  }
  const isSecond = actual.tables.has('user_preferences') || actual.tables.get('users')?.parts.columns.has('timezone') === true
  const version = isSecond || stored === 2 ? 2 : 1
  const expected = steps[version]
  if (expected === undefined) throw new Error('The migrations of the older versions are not in the folder.')
  assertColumns(actual, expected, database)
  return { version, baseline: migrations.slice(0, version) }
}

/** A rebuild would lose columns that the migrations do not know, and could not fill ones that are not there. */
function assertColumns(actual: Catalog, expected: Catalog, database: string): void {
  const problems: string[] = []
  for (const [name, table] of expected.tables) {
    const there = actual.tables.get(name)
    if (there === undefined) continue
    for (const column of table.parts.columns.keys()) {
      if (!there.parts.columns.has(column) && !completable(name, column)) problems.push(`${name}.${column} is missing`)
    }
    for (const column of there.parts.columns.keys()) {
      if (!table.parts.columns.has(column)) problems.push(`${name}.${column} is not of the trivia system`)
    }
  }
  if (problems.length === 0) return
  if (problems.some((problem) => problem.endsWith('is missing'))) throw foreign(database, `Its tables are others than the guide's: ${problems.join(', ')}.`)
  throw refuse({
    code: 'UNKNOWN_COLUMNS',
    what: 'The database has columns that the migrations do not know.',
    why: `Their values would be lost: ${problems.join(', ')}.`,
    next: 'Move these columns into a table of their own, or write a migration that keeps them.',
    details: problems,
  })
}

/** What a half-done step to version 2 may lack: adoption adds it. */
function completable(table: string, column: string): boolean {
  return table === 'users' && column === 'timezone'
}

function foreign(database: string, why: string): Error {
  return refuse({
    code: 'FOREIGN_DATABASE',
    what: `${database} is not a database of the trivia system.`,
    why,
    next: 'Name the right one with --database PATH; "migrator status --database PATH" tells what a file is.',
  })
}
