import { basename } from 'node:path'
import { type BackupFlags, backupOptions } from '../backups/options.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { type ErrorReport, EXIT, messageOf, MigratorError, reportOf } from '../errors.ts'
import { copyRulesFrom, rulesFrom } from '../retention/rules.ts'
import { exitCodeOf, type JobReport, runSchedule } from '../schedule/run.ts'
import { shortPath } from '../terminal/describe.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'

/**
 * `migrator schedule run`: makes the backups that are due, tries one out each week, copies, and removes old ones. For
 * cron or systemd, as often as one likes: what is done already is not done again. Exit as of the worst failure.
 */
export async function scheduleRun(input: CommandInput, flags: BackupFlags): Promise<CommandResult> {
  const { settings, cwd, now, signal, terminal, verbose } = input
  assertDatabaseThere(settings.database)
  const reports = await runSchedule({
    settings,
    now,
    signal,
    options: backupOptions(flags, terminal.env, cwd, settings.backupDir),
    rules: rulesFrom({}, terminal.env),
    copyRules: copyRulesFrom(terminal.env),
    locked: (work) => withLock(input, work),
  })
  const time = now().toISOString()
  if (reports === null) {
    return { exitCode: EXIT.ok, json: { exitCode: EXIT.ok, database: settings.database, time, busy: true, jobs: [], error: null }, text: `✔ Another run is at it for ${shortPath(settings.database, cwd)}.` }
  }
  const exitCode = exitCodeOf(reports)
  const error = errorOf(reports)
  const jobs = reports.map(({ error: thrown, ...report }) => ({ ...report, ok: thrown === undefined, error: thrown === undefined ? null : describe(thrown) }))
  return {
    exitCode,
    json: { exitCode, database: settings.database, time, busy: false, jobs, error },
    text: [
      `${error === null ? '✔' : '✖'} ${shortPath(settings.database, cwd)}: ${summary(reports)}`,
      // Of an hour in which nothing was due one line is enough.
      ...reports.filter((each) => verbose || each.done || each.error !== undefined || each.results.length > 0).map(line),
    ].join('\n'),
    ...(error === null ? {} : { error }),
  }
}

function summary(reports: readonly JobReport[]): string {
  const done = reports.filter((each) => each.done && each.error === undefined).map((each) => each.job)
  const failed = reports.filter((each) => each.error !== undefined).map((each) => `${each.job} FAILED`)
  return [...done, ...failed].join(', ') || 'nothing was due'
}

function line({ job, done, why, results, error }: JobReport): string {
  const mark = error !== undefined ? '✖' : done ? '✔' : '·'
  const what = error === undefined ? results.map((each) => basename(each)).join(', ') : describe(error).what
  return `  ${mark} ${job.padEnd(6)}  ${what === '' ? why : `${what} (${why})`}`
}

/** The first failure, with the others among its details. */
function errorOf(reports: readonly JobReport[]): ErrorReport | null {
  const failures = reports.filter((each) => each.error !== undefined).map(({ job, error }) => ({ job, report: describe(error) }))
  const [first] = failures
  if (first === undefined) return null
  const others = failures.slice(1).map(({ job, report }) => `${job}: ${report.code}: ${report.what} ${report.why}`)
  return others.length === 0 ? first.report : { ...first.report, details: [...(first.report.details ?? []), ...others] }
}

function describe(error: unknown): ErrorReport {
  if (error instanceof MigratorError) return reportOf(error)
  return { code: 'BUG', what: 'The migrator itself failed.', why: messageOf(error), next: 'Report it with the output of the same command with --verbose.' }
}
