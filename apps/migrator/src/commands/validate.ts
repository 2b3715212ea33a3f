import { type Finding, findingLines } from '@trivia/database/invariants'
import { listBackups } from '../backups/store.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { type ErrorReport, EXIT } from '../errors.ts'
import { openDatabase } from '../sqlite/connection.ts'
import { explain } from '../sqlite/explain.ts'
import { runTask } from '../tasks/run-task.ts'

/**
 * `migrator validate`: the guide's checks and more, beside the figures that the backups before and after the last
 * deploy noted. Exit 3 on broken rows; odd ones are warnings.
 */
export async function validate({ settings, cwd, verbose }: CommandInput): Promise<CommandResult> {
  const { database, backupDir } = settings
  assertDatabaseThere(database)
  const { figures, findings } = await inspectLive(database)
  const backups = listBackups(backupDir).filter((backup) => backup.manifest?.database === database)
  const before = backups.find((backup) => backup.type === 'pre_migration')?.manifest?.figures ?? null
  const after = backups.find((backup) => backup.type === 'post_migration')?.manifest?.figures ?? null

  const errors = findings.filter((finding) => finding.severity === 'error')
  const exitCode = errors.length === 0 ? EXIT.ok : EXIT.refused
  const error: ErrorReport | null = errors.length === 0 ? null : {
    code: 'BROKEN_ROWS',
    what: `${countOf(errors.reduce((sum, finding) => sum + finding.rows, 0), 'row')} of ${shortPath(database, cwd)} break what must hold in the data.`,
    why: errors.map((finding) => `${finding.rows} ${finding.rule} in ${finding.table}`).join(', '),
    next: 'Mend them, or set them aside with "migrator deploy --quarantine" when a migration is pending.',
    details: errors.flatMap(findingLines),
  }
  const shown = Object.entries(figures).filter(([name, value]) => verbose || value > 0 || GUIDE.includes(name) || (before?.[name] ?? 0) > 0)
  const table = renderTable(
    ['figure', 'now', ...(before ? ['before the last deploy'] : []), ...(after ? ['after it'] : [])],
    shown.map(([name, value]) => [name, value, ...(before ? [before[name] ?? 0] : []), ...(after ? [after[name] ?? 0] : [])]),
  )
  const warnings = findings.filter((finding) => finding.severity === 'warning').flatMap(findingLines)
  return {
    exitCode,
    json: { ...figures, exitCode, database, findings, before, after, error },
    text: [`${error === null ? '✔' : '✖'} ${shortPath(database, cwd)}`, indent(table), ...(warnings.length > 0 ? [`  odd, but no error:\n${indent(indent(warnings.slice(0, verbose ? undefined : 12).join('\n')))}`] : [])].join('\n'),
    ...(error === null ? {} : { error }),
  }
}

/** The figures that the guide names. */
const GUIDE = ['user_count', 'negative_points', 'orphaned_achievements']

async function inspectLive(database: string): Promise<{ figures: Readonly<Record<string, number>>; findings: readonly Finding[] }> {
  try {
    // A connection that can write recovers what a crash left; the reading one could not.
    const keeper = openDatabase(database)
    try {
      keeper.prepare('SELECT count(*) FROM sqlite_schema').get()
      return await runTask('inspect', { file: database })
    } finally {
      keeper.close()
    }
  } catch (error) {
    throw explain(error, database)
  }
}
