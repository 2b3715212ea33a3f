import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { isSound } from '../backups/manifest.ts'
import { type Backup, listBackups } from '../backups/store.ts'
import { type BackupType, backupTypes } from '../backups/types.ts'
import { MigratorError } from '../errors.ts'
import { assertSpace, freeBytes } from '../files/space.ts'
import type { Settings } from '../settings.ts'
import { outboxFolder } from './folder.ts'
import type { BackupFacts, DiskFacts, DiskProblem, Facts } from './facts.ts'
import { lookAtDatabase } from './look.ts'
import { readRuns } from './run-store.ts'
import { readSizes } from './sizes.ts'

/**
 * Collects what there is to know. It never throws: what cannot be found out is left out.
 *
 * @param queryBudgetMs how long the common queries may take together
 */
export function collectFacts(settings: Settings, now: Date, queryBudgetMs: number): Facts {
  const { database, backupDir } = settings
  const size = attempt(() => statSync(database, { throwIfNoEntry: false })?.size) ?? null
  const look = size === null ? { problem: 'There is no such file.' } : lookAtDatabase(settings, queryBudgetMs)
  const backups = (attempt(() => listBackups(backupDir)) ?? []).filter(({ manifest }) => manifest?.database === database && isSound(manifest))
  return {
    at: now,
    database,
    exists: size !== null,
    file: 'file' in look ? look.file : null,
    fileProblem: 'file' in look ? null : look.problem,
    backups: backupTypes.flatMap((type) => factsOf(type, backups) ?? []),
    verifiedAt: newest(backups, 'verify'),
    restoredAt: newest(backups, 'drill'),
    disks: disksOf(database, backupDir),
    diskProblem: diskProblem(size ?? 0, database, backupDir),
    runs: attempt(() => readRuns(database)) ?? [],
    sizes: attempt(() => readSizes(database)) ?? [],
    undeliveredAlerts: attempt(() => countAlerts(database)) ?? 0,
  }
}

function factsOf(type: BackupType, backups: readonly Backup[]): BackupFacts | null {
  const own = backups.filter((backup) => backup.type === type)
  const [first] = own
  if (first === undefined) return null
  return { type, number: own.length, createdAt: new Date(first.manifest?.createdAt ?? first.createdAt), bytes: first.manifest?.bytes ?? 0 }
}

/** When a look at any backup last found it good. */
function newest(backups: readonly Backup[], check: 'verify' | 'drill'): Date | null {
  const times = backups.flatMap(({ manifest }) => (manifest?.checks?.[check]?.ok === true ? [Date.parse(manifest.checks[check].at)] : []))
  return times.length === 0 ? null : new Date(Math.max(...times))
}

/** The folders that a deploy needs room in; one of them where both are on the same file system. */
function disksOf(database: string, backupDir: string): DiskFacts[] {
  const seen = new Set<number>()
  return [dirname(database), backupDir].flatMap((folder) => {
    const found = attempt(() => {
      const device = deviceOf(folder)
      if (seen.has(device)) return null
      seen.add(device)
      return { folder, freeBytes: freeBytes(folder) }
    })
    return found === null ? [] : [found]
  })
}

/** Of a folder that is not there yet, that of the one in which it will be made. */
function deviceOf(folder: string): number {
  return existsSync(folder) || dirname(folder) === folder ? statSync(folder).dev : deviceOf(dirname(folder))
}

/** What the next deploy's preflight would say of the disk. */
function diskProblem(bytes: number, database: string, backupDir: string): DiskProblem | null {
  try {
    assertSpace(bytes, database, backupDir)
    return null
  } catch (error) {
    return error instanceof MigratorError ? { what: error.what, why: error.why, next: error.next } : null
  }
}

function countAlerts(database: string): number {
  const folder = outboxFolder(database)
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')).length : 0
}

function attempt<T>(look: () => T): T | null {
  try {
    return look() ?? null
  } catch {
    return null
  }
}
