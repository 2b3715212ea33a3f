import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isCopyFolder, openCopyFolder } from '../backups/copy-folder.ts'
import { makeBackup } from '../backups/make.ts'
import type { BackupOptions } from '../backups/options.ts'
import { type Backup, latestBackup, listBackups, removeLeftovers } from '../backups/store.ts'
import { takeTurn } from '../backups/turn.ts'
import { drill, drillFailed } from '../drill/drill.ts'
import { EXIT, MigratorError } from '../errors.ts'
import { makeFolder, ownershipOf } from '../files/permissions.ts'
import type { Context } from '../pipeline/context.ts'
import { gatherFacts } from '../retention/facts.ts'
import { planPrune, prune } from '../retention/prune.ts'
import { planReports, pruneReports } from '../retention/reports.ts'
import type { Rules } from '../retention/rules.ts'
import { corrupt, explain } from '../sqlite/explain.ts'
import { copyMissing, missingCopies } from './copies.ts'
import { backupDue, type Due, drillDue, type JobName, jobNames } from './due.ts'

export type ScheduleContext = Pick<Context, 'settings' | 'now' | 'signal'> & {
  readonly options: BackupOptions
  readonly rules: Rules
  readonly copyRules: Rules
  /** Runs work while no deploy does. */
  readonly locked: <T>(work: () => T) => Promise<T>
}

/** What became of a job. */
export interface JobReport {
  readonly job: JobName
  readonly done: boolean
  readonly why: string
  /** What it made, copied or removed, or what else is worth saying. */
  readonly results: readonly string[]
  /** Undefined where it was not due, or worked. */
  readonly error?: unknown
}

type Job = (context: ScheduleContext) => Promise<Omit<JobReport, 'job'>>

const jobs: Readonly<Record<JobName, Job>> = {
  weekly: (context) => backUp('weekly', context),
  daily: (context) => backUp('daily', context),
  drill: rehearseRestore,
  copy: bringCopies,
  prune: removeOld,
}

/**
 * Does what is due. One job that fails does not keep the others from their work; each looks at what exists, so that
 * nothing is done twice.
 *
 * @returns null when another run is at it
 */
export async function runSchedule(context: ScheduleContext): Promise<JobReport[] | null> {
  const { database, backupDir } = context.settings
  const ownership = ownershipOf(database)
  makeFolder(backupDir, ownership)
  const id = createHash('sha256').update(database).digest('hex').slice(0, 8)
  const giveBack = takeTurn(join(backupDir, `.schedule-${id}.lock`), ownership)
  if (giveBack === null) return null
  try {
    removeLeftovers(backupDir, context.now())
    const reports: JobReport[] = []
    for (const job of jobNames) reports.push({ job, ...(await attempt(jobs[job], context)) })
    return reports
  } finally {
    giveBack()
  }
}

async function attempt(job: Job, context: ScheduleContext): Promise<Omit<JobReport, 'job'>> {
  if (context.signal.aborted) return notDone('it was interrupted')
  try {
    return await job(context)
  } catch (error) {
    return { done: false, why: 'it was due', results: [], error: explain(error, context.settings.database) }
  }
}

async function backUp(type: 'daily' | 'weekly', context: ScheduleContext): Promise<Omit<JobReport, 'job'>> {
  const { settings, options, now } = context
  const { due, why } = backupDue(type, ownBackups(context), now())
  if (!due) return notDone(why)
  const { path, manifest } = await makeBackup(settings, type, options.compressed, now())
  const { ok, problems } = manifest.integrity
  return { done: true, why, results: [path], ...(ok ? {} : { error: corrupt(settings.database, problems) }) }
}

async function rehearseRestore(context: ScheduleContext): Promise<Omit<JobReport, 'job'>> {
  const { settings: { backupDir, database }, now } = context
  const newest = latestBackup(backupDir, database)
  const { due, why }: Due = newest === null ? { due: false, why: 'there is no backup' } : drillDue(ownBackups(context), now())
  if (!due || newest === null) return notDone(why)
  const result = await drill(newest.path, context)
  const failures = Object.entries(result.details).map(([name, found]) => `${name}: ${found[0] ?? ''}`)
  return { done: true, why, results: [newest.path], ...(result.ok ? {} : { error: drillFailed(result, failures) }) }
}

async function bringCopies(context: ScheduleContext): Promise<Omit<JobReport, 'job'>> {
  const { settings, options: { copyTo }, copyRules, now } = context
  if (copyTo === null) return notDone('there is no second folder (BACKUP_COPY_DIR)')
  const notes = openCopyFolder(copyTo, settings.backupDir, ownershipOf(settings.database))
  const missing = missingCopies(settings.backupDir, copyTo, copyRules, gatherFacts(settings, now()))
  if (missing.length === 0) return { ...notDone('nothing is missing there'), results: notes }
  return { done: true, why: `${missing.length} of the backups ${missing.length === 1 ? 'was' : 'were'} not in ${copyTo}`, results: [...(await copyMissing(missing, copyTo)), ...notes] }
}

async function removeOld(context: ScheduleContext): Promise<Omit<JobReport, 'job'>> {
  const { settings, options: { copyTo }, rules, copyRules, now, locked } = context
  const facts = gatherFacts(settings, now())
  // Of a second folder that is not there the copy job has told.
  const folders: (readonly [folder: string, rules: Rules])[] = [[settings.backupDir, rules], ...(copyTo === null || !isCopyFolder(copyTo) ? [] : [[copyTo, copyRules] as const])]
  const full = folders.filter(([folder, its]) => planPrune(folder, its, facts).delete.length > 0)
  if (full.length === 0 && planReports(settings.database, now()).deleted.length === 0) return notDone('the rules keep all of them')
  try {
    // What a deploy needs is looked at again: nothing of it changes any more.
    const removed = await locked(() => [
      ...full.flatMap(([folder, its]) => prune(folder, its, gatherFacts(settings, now())).delete.map((each) => each.backup.path)),
      ...pruneReports(settings.database, now()).deleted,
    ])
    return { done: true, why: 'no rule keeps them any longer', results: removed }
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'DEPLOY_RUNNING') return notDone('a deploy is running; the next run does it')
    throw error
  }
}

function ownBackups({ settings: { backupDir, database } }: ScheduleContext): Backup[] {
  return listBackups(backupDir).filter((backup) => backup.manifest?.database === database)
}

function notDone(why: string): Omit<JobReport, 'job'> {
  return { done: false, why, results: [] }
}

/** What a whole run ends with: a bug before anything else, then what needs somebody's hands. */
export function exitCodeOf(reports: readonly JobReport[]): number {
  const codes = reports.filter((each) => each.error !== undefined).map(({ error }) => (error instanceof MigratorError ? error.exitCode : EXIT.bug))
  return codes.includes(EXIT.bug) ? EXIT.bug : Math.max(EXIT.ok, ...codes)
}
