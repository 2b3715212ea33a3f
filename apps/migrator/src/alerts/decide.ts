import { type Facts, integrityOf, newestBackup } from '../metrics/facts.ts'
import { integrityErrors, type JobRecord, type RunRecord } from '../metrics/run-record.ts'
import type { AlertName, Finding, Verdict } from './alert.ts'
import type { Thresholds } from './thresholds.ts'

/** The run that has just ended and what is known afterwards, as alerts: those with a reason, and those without. */
export function decide(run: RunRecord, facts: Facts, thresholds: Thresholds): Verdict[] {
  // A wrong option on the command line says nothing about the database.
  if (run.exitCode === 2) return []
  return [...ofRun(run, thresholds), ...ofState(run, facts, thresholds)]
}

function ofRun(run: RunRecord, thresholds: Thresholds): Verdict[] {
  const { command, exitCode, error } = run
  const failed = exitCode !== 0 && exitCode !== 3
  const damaged = error !== null && integrityErrors.has(error.code)
  switch (command) {
    case 'deploy':
      return [
        verdict('migration_failed', failed && troubleOf(run, exitCode === 5 ? 'A deploy needs a hand' : 'A deploy failed', 'critical')),
        verdict('deploy_refused', exitCode === 3 && !damaged && troubleOf(run, 'A deploy was refused', 'warning')),
        ...(exitCode === 0 || exitCode === 5 ? [verdict('deploy_over_budget', overBudget(run, thresholds))] : []),
      ]
    case 'archive':
      return [verdict('archive_failed', failed && troubleOf(run, exitCode === 5 ? 'An archiving needs a hand' : 'An archiving failed', 'critical'))]
    case 'backup':
      return [verdict('backup_failed', exitCode !== 0 && troubleOf(run, 'A backup failed', 'critical'))]
    case 'backup verify':
      return [verdict('backup_damaged', exitCode !== 0 && troubleOf(run, 'A backup is not what it was', 'critical'))]
    case 'backup drill':
      return [verdict('restore_failed', exitCode !== 0 && troubleOf(run, 'A backup could not be restored in a drill', 'critical'))]
    case 'restore':
      return [verdict('restore_failed', exitCode !== 0 && troubleOf(run, 'A restore did not succeed', 'critical'))]
    case 'schedule run':
      return ofJobs(run)
    default:
      return []
  }
}

/** A schedule's jobs speak for themselves. One that was not due says nothing; one that another run does, neither. */
function ofJobs(run: RunRecord): Verdict[] {
  // It ended before any job began.
  if (run.jobs.length === 0) return run.exitCode === 0 ? [] : [verdict('backup_failed', troubleOf(run, 'The schedule could not run', 'critical'))]
  const looked = (isDrill: boolean): JobRecord[] => run.jobs.filter(({ job, done, ok }) => (job === 'drill') === isDrill && (done || !ok))
  return [
    ...jobVerdict(run, 'backup_failed', 'A scheduled job failed', looked(false)),
    ...jobVerdict(run, 'restore_failed', 'A backup could not be restored in a drill', looked(true)),
  ]
}

function jobVerdict(run: RunRecord, name: AlertName, summary: string, looked: readonly JobRecord[]): Verdict[] {
  if (looked.length === 0) return []
  const failed = looked.find(({ ok }) => !ok)
  return [verdict(name, failed !== undefined && troubleOf({ ...run, error: failed.error }, `${summary} (${failed.job})`, 'critical'))]
}

function ofState(run: RunRecord, facts: Facts, thresholds: Thresholds): Verdict[] {
  if (!facts.exists) return []
  const integrity = integrityOf(facts)
  return [
    // Only who looked can tell.
    ...(run.integrity === null || integrity === null ? [] : [verdict('integrity_failed', !integrity.ok && troubleOf(run, 'The database is damaged', 'critical'))]),
    verdict('backup_too_old', backupTooOld(facts, thresholds)),
    ...(thresholds.restoreMaxAgeSeconds === null ? [] : [verdict('restore_not_verified', restoreNotVerified(facts, thresholds.restoreMaxAgeSeconds))]),
    verdict('disk_too_small', facts.diskProblem !== null && { severity: 'warning', cause: 'full', summary: 'The disk will not hold the next deploy', ...facts.diskProblem }),
  ]
}

type Trouble = Omit<Finding, 'name'>

function verdict(name: AlertName, trouble: Trouble | false): Verdict {
  return { name, firing: trouble === false ? null : { name, ...trouble } }
}

function troubleOf({ command, error, exitCode }: RunRecord, summary: string, severity: Trouble['severity']): Trouble {
  return {
    severity,
    cause: error?.code ?? `exit ${exitCode}`,
    summary: `${summary}: ${error?.code ?? `"migrator ${command}" ended with ${exitCode}`}`,
    what: error?.what ?? `"migrator ${command}" ended with exit code ${exitCode}.`,
    why: error?.why ?? 'It left no reason.',
    next: error?.next ?? 'Run "migrator status".',
  }
}

function overBudget({ startedAt, endedAt, steps, outcome }: RunRecord, { deployBudgetSeconds }: Thresholds): Trouble | false {
  const took = (endedAt.getTime() - startedAt.getTime()) / 1000
  if (took <= deployBudgetSeconds) return false
  const slowest = outcome === 'up-to-date' ? [] : Object.entries(steps).sort(([, a], [, b]) => b - a).slice(0, 3)
  return {
    severity: 'warning',
    cause: 'slow',
    summary: `A deploy took ${took.toFixed(1)} s`,
    what: `The deploy took ${took.toFixed(1)} s; its budget is ${deployBudgetSeconds} s.`,
    why: slowest.length === 0 ? 'It took no steps.' : `Most of it went into ${slowest.map(([step, seconds]) => `${step} (${seconds.toFixed(1)} s)`).join(', ')}.`,
    next: 'Look at the steps with "migrator report", or raise ALERT_DEPLOY_BUDGET_SECONDS.',
  }
}

function backupTooOld(facts: Facts, { backupMaxAgeSeconds }: Thresholds): Trouble | false {
  const backup = newestBackup(facts)
  const limit = hours(backupMaxAgeSeconds)
  if (backup === null) {
    return { severity: 'critical', cause: 'none', summary: 'There is no backup', what: 'There is no finished backup of the database.', why: 'None was made, or they were taken away.', next: 'Run "migrator backup".' }
  }
  const age = (facts.at.getTime() - backup.createdAt.getTime()) / 1000
  if (age <= backupMaxAgeSeconds) return false
  return { severity: 'critical', cause: 'old', summary: `The newest backup is ${hours(age)} old`, what: `The newest backup is ${hours(age)} old; it should not be older than ${limit}.`, why: 'Backups are not made, or not finished.', next: 'Run "migrator backup", and look why the scheduled ones are missing.' }
}

function restoreNotVerified({ at, restoredAt }: Facts, limit: number): Trouble | false {
  const age = restoredAt === null ? Infinity : (at.getTime() - restoredAt.getTime()) / 1000
  if (age <= limit) return false
  const what = restoredAt === null ? 'No backup was ever restored to see whether it can be.' : `The last restore that was tried is ${hours(age)} ago.`
  return { severity: 'warning', cause: restoredAt === null ? 'never' : 'old', summary: 'Restores are not tried out', what, why: `It should be tried every ${hours(limit)}.`, next: 'Run "migrator backup drill".' }
}

function hours(seconds: number): string {
  const number = seconds / 3600
  return number >= 72 ? `${Math.round(number / 24)} days` : number >= 1 ? `${Number(number.toFixed(1))} h` : `${Math.max(1, Math.round(seconds / 60))} min`
}
