import { type Metric, renderExposition, type Sample } from './exposition.ts'
import { type Facts, integrityOf } from './facts.ts'
import type { RunRecord } from './run-record.ts'

const PREFIX = 'trivia_migrator_'

/** The limits that alerts go by; the rules for Prometheus read them from here, so that there is one place for both. */
export interface Limits {
  readonly deployBudgetSeconds: number
  readonly backupMaxAgeSeconds: number
  /** Null: nobody wants restores to be tried. */
  readonly restoreMaxAgeSeconds: number | null
}

/** The facts as a text file for Prometheus. */
export function renderMetrics(facts: Facts, limits: Limits): string {
  const { database } = facts
  const metrics = [...databaseMetrics(facts), ...backupMetrics(facts), ...runMetrics(facts.runs), ...limitMetrics(facts, limits)]
  return renderExposition(metrics.map((metric) => ({
    ...metric,
    name: `${PREFIX}${metric.name}`,
    samples: metric.samples.map((sample) => ({ ...sample, labels: { database, ...sample.labels } })),
  })))
}

function gauge(name: string, help: string, ...values: (Sample | number | null)[]): Metric {
  return { name, help, type: 'gauge', samples: values.flatMap((value) => (value === null ? [] : typeof value === 'number' ? [{ value }] : [value])) }
}

function databaseMetrics({ exists, file, sizes, disks, diskProblem, runs }: Facts): Metric[] {
  const integrity = integrityOf({ runs })
  const before = sizes.at(-1)?.bytes ?? file?.bytes ?? 0
  return [
    gauge('database_readable', 'Whether the database could be looked at (1) or not (0).', exists ? Number(file !== null) : null),
    gauge('database_bytes', 'Size of the database.', file?.bytes ?? null),
    gauge('database_wal_bytes', 'Size of its write-ahead log.', file?.walBytes ?? null),
    gauge('database_growth_bytes', 'Growth since the metrics before these; over longer times deriv() of the size tells it better.', file === null ? null : file.bytes - before),
    gauge('database_pages', 'Pages of the database.', file?.pages ?? null),
    gauge('database_free_pages', 'Pages that hold nothing; "migrator optimize --vacuum" gives them back.', file?.freePages ?? null),
    gauge('database_fragmentation_ratio', 'Share of pages that hold nothing.', file === null ? null : file.pages === 0 ? 0 : file.freePages / file.pages),
    gauge('schema_version', 'The version that the database says it has.', file?.schemaVersion ?? null),
    gauge('pending_migrations', 'Migrations of the folder that are not applied.', file?.pending ?? null),
    gauge('query_duration_seconds', 'Time that a common query took just now, the median of a few runs.', ...(file?.queries ?? []).map(({ name, seconds }) => ({ labels: { query: name }, value: seconds }))),
    gauge('integrity_ok', 'What the last integrity check found: 1 nothing, 0 damage.', integrity === null ? null : Number(integrity.ok)),
    gauge('integrity_checked_timestamp_seconds', 'When integrity was last checked.', integrity === null ? null : seconds(integrity.at)),
    gauge('disk_free_bytes', 'What the file system of a folder has left.', ...disks.map(({ folder, freeBytes }) => ({ labels: { folder }, value: freeBytes }))),
    gauge('disk_holds_next_deploy', 'Whether the next deploy fits on the disk.', Number(diskProblem === null)),
  ]
}

function backupMetrics({ at, backups, verifiedAt, restoredAt }: Facts): Metric[] {
  const each = (value: (backup: Facts['backups'][number]) => number): Sample[] => backups.map((backup) => ({ labels: { type: backup.type }, value: value(backup) }))
  return [
    gauge('backups', 'Finished backups of this database.', ...each(({ number }) => number)),
    gauge('backup_timestamp_seconds', 'When the newest backup was made.', ...each(({ createdAt }) => seconds(createdAt))),
    gauge('backup_age_seconds', 'Age of the newest backup when this was written; time() minus its timestamp goes on counting.', ...each(({ createdAt }) => seconds(at) - seconds(createdAt))),
    gauge('backup_bytes', 'Size of the newest backup.', ...each(({ bytes }) => bytes)),
    gauge('backup_verified_timestamp_seconds', 'When a backup was last compared with its manifest, and was good.', verifiedAt === null ? null : seconds(verifiedAt)),
    gauge('restore_verified_timestamp_seconds', 'When a restore was last tried out, and worked.', restoredAt === null ? null : seconds(restoredAt)),
  ]
}

function runMetrics(runs: readonly RunRecord[]): Metric[] {
  const each = (value: (run: RunRecord) => number | null): Sample[] => runs.flatMap((run) => {
    const found = value(run)
    return found === null ? [] : [{ labels: { command: run.command }, value: found }]
  })
  return [
    gauge('last_run_timestamp_seconds', 'When a command last ended.', ...each(({ endedAt }) => seconds(endedAt))),
    gauge('last_run_exit_code', 'What it ended with; 0 is good.', ...each(({ exitCode }) => exitCode)),
    gauge('last_run_info', 'How it ended; always 1.', ...runs.map(({ command, outcome, error }) => ({ labels: { command, outcome, error: error?.code ?? '' }, value: 1 }))),
    gauge('last_run_duration_seconds', 'How long it took.', ...each(({ startedAt, endedAt }) => seconds(endedAt) - seconds(startedAt))),
    gauge('last_run_memory_peak_bytes', "The most memory that its process held.", ...each(({ memoryPeakBytes }) => memoryPeakBytes)),
    gauge('last_success_timestamp_seconds', 'When a command last ended well.', ...each(({ lastSuccessAt }) => (lastSuccessAt === null ? null : seconds(lastSuccessAt)))),
    { name: 'runs_total', help: 'Runs by how they ended.', type: 'counter', samples: runs.flatMap(({ command, counts }) => Object.entries(counts).map(([result, value]) => ({ labels: { command, result }, value }))) },
    gauge('job_ok', 'Whether the jobs of the last schedule run went well.', ...runs.flatMap(({ command, jobs }) => jobs.map(({ job, ok }) => ({ labels: { command, job }, value: Number(ok) })))),
    gauge('step_duration_seconds', 'Time by step, of the last run that took steps.', ...runs.flatMap(({ command, steps }) => Object.entries(steps).map(([step, value]) => ({ labels: { command, step }, value })))),
    gauge('writers_held_seconds', 'For how long writers were held back by the last run.', ...each(({ command, writersHeldSeconds }) => (command === 'deploy' ? writersHeldSeconds : null))),
    gauge('deploy_rounds', 'How often the last run began again because somebody wrote.', ...each(({ rounds }) => (rounds === 0 ? null : rounds))),
    gauge('rows', 'What the last run did to rows.', ...runs.flatMap(({ command, rows }) => Object.entries(rows ?? {}).map(([change, value]) => ({ labels: { command, change }, value })))),
  ]
}

function limitMetrics({ at, undeliveredAlerts }: Facts, limits: Limits): Metric[] {
  return [
    gauge('deploy_budget_seconds', 'How long a deploy may take before it is worth an alert.', limits.deployBudgetSeconds),
    gauge('backup_max_age_seconds', 'How old the newest backup may be.', limits.backupMaxAgeSeconds),
    gauge('restore_max_age_seconds', 'How long ago a restore may have been tried.', limits.restoreMaxAgeSeconds),
    gauge('alerts_undelivered', 'Alerts that wait for their receiver.', undeliveredAlerts),
    gauge('metrics_timestamp_seconds', 'When this was written.', seconds(at)),
  ]
}

function seconds(date: Date): number {
  return date.getTime() / 1000
}
