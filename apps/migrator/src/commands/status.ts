import { findingLine } from '@trivia/database/invariants'
import { existsSync, statSync } from 'node:fs'
import { latestBackup } from '../backups/store.ts'
import { indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { type ErrorReport, EXIT, messageOf, MigratorError, reportOf } from '../errors.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { megabytes } from '../files/space.ts'
import { examineDatabase, structureDrift } from '../migrations/examine.ts'
import { readMigrations } from '../migrations/folder.ts'
import { compareLedger, readLedger, readVersion } from '../migrations/ledger.ts'
import { workFolder } from '../pipeline/journal.ts'
import { openDatabase, withDatabase } from '../sqlite/connection.ts'
import { runTask } from '../tasks/run-task.ts'
import { explain } from '../sqlite/explain.ts'
import { readAccepted, withoutAccepted } from '../structure/accepted.ts'
import { countRows } from '../structure/tables.ts'

/** What a look at the database found, as far as it could be looked at. */
interface Facts {
  readonly version: number | null
  readonly origin: 'managed' | 'legacy' | 'new'
  readonly applied: readonly string[]
  readonly pending: readonly string[]
  readonly differences: readonly string[]
  readonly rows: Readonly<Record<string, number>>
}

/** `migrator status`: where the database stands. Exit 3 only when it could not be looked at; `healthy` says whether all is well. */
export async function status({ settings, cwd, now }: CommandInput): Promise<CommandResult> {
  const { database, backupDir } = settings
  const { facts, problem } = look(settings)
  const ailments = problem === null && existsSync(database) ? await ailmentsOf(database) : []
  const last = latestBackup(backupDir, database)
  const interrupted = existsSync(workFolder(settings))
  const healthy = problem === null && facts.differences.length === 0 && ailments.length === 0
  const lastBackup = last === null ? null : { path: last.path, type: last.type, createdAt: last.createdAt }
  const bytes = statSync(database, { throwIfNoEntry: false })?.size ?? null
  const { version, origin, applied, pending, differences, rows } = facts
  const exitCode = problem === null ? EXIT.ok : EXIT.refused
  const json = { exitCode, database, exists: bytes !== null, bytes, origin, version, applied, pending, healthy, differences, ailments, rows, lastBackup, interruptedDeploy: interrupted, error: problem }

  const text = [
    `${healthy ? '✔' : '✖'} ${shortPath(database, cwd)}${bytes === null ? ' does not exist yet' : ` (${megabytes(bytes)})`}`,
    indent(renderTable(['', ''], [
      ['version', version === null ? 'none' : `${version}${origin === 'legacy' ? ' of the older system' : ''}`],
      ['applied', applied.length === 0 ? 'no migration' : applied.join(', ')],
      ['pending', pending.length === 0 ? 'nothing' : pending.join(', ')],
      ['last backup', lastBackup === null ? 'none' : `${lastBackup.type}, ${age(lastBackup.createdAt, now())} ago`],
      ['rows', Object.entries(rows).map(([table, number]) => `${table} ${number}`).join(', ') || 'none'],
    ]).split('\n').slice(1).join('\n')),
    ...[...differences, ...ailments].map((each) => `  ✖ ${each}`),
    ...(interrupted ? ['  a deploy is running, or was killed: the next one cleans up'] : []),
    ...(pending.length > 0 && problem === null ? ['  Next: migrator deploy'] : []),
  ].join('\n')
  return { exitCode, json, text, ...(problem === null ? {} : { error: problem }) }
}

/** A quick look at the file, and the data's rules. "migrator check" and "migrator validate" look closer. */
async function ailmentsOf(database: string): Promise<string[]> {
  const keeper = openDatabase(database)
  try {
    keeper.prepare('SELECT count(*) FROM sqlite_schema').get()
    const [damages, { findings }] = await Promise.all([runTask('quick', { file: database }), runTask('inspect', { file: database })])
    return [...damages, ...findings.filter((finding) => finding.severity === 'error').map(findingLine)]
  } catch (error) {
    return [messageOf(error)]
  } finally {
    keeper.close()
  }
}

function look({ database, prismaDir }: CommandInput['settings']): { facts: Facts; problem: ErrorReport | null } {
  const migrations = readMigrations(prismaDir)
  const nothing: Facts = { version: null, origin: 'new', applied: [], pending: migrations.map((migration) => migration.name), differences: [], rows: {} }
  if (!existsSync(database)) return { facts: nothing, problem: null }
  let known = nothing
  try {
    assertDatabasePlace(database, 'read')
    return withDatabase(database, {}, (connection) => {
      // What the ledger says stands, also when the examination does not like it.
      const ledger = compareLedger(readLedger(connection), migrations)
      known = { ...nothing, version: readVersion(connection), applied: ledger.applied, pending: ledger.pending.map((migration) => migration.name) }
      const found = examineDatabase(connection, database, prismaDir, migrations)
      const drift = found.origin === 'managed' ? withoutAccepted(structureDrift(connection, found), readAccepted(database)) : []
      const pending = found.pending.map((migration) => migration.name)
      return {
        facts: {
          version: found.versionFrom,
          origin: found.origin,
          applied: found.origin === 'managed' ? migrations.map((migration) => migration.name).filter((name) => !pending.includes(name)) : [],
          pending,
          differences: drift.map((difference) => difference.text),
          rows: countRows(connection),
        },
        problem: null,
      }
    })
  } catch (error) {
    const explained = explain(error, database)
    if (!(explained instanceof MigratorError)) throw explained
    return { facts: known, problem: reportOf(explained) }
  }
}

function age(createdAt: string, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(createdAt)) / 60_000))
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} days`
}
