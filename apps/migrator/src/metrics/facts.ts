import type { BackupType } from '../backups/types.ts'
import type { RunRecord } from './run-record.ts'

/** The file, as a short look at it found it. */
export interface DatabaseFacts {
  readonly bytes: number
  /** Of the write-ahead log; 0 where there is none. */
  readonly walBytes: number
  readonly pages: number
  readonly freePages: number
  readonly schemaVersion: number | null
  /** Null where the folder of the migrations cannot be read. */
  readonly pending: number | null
  readonly queries: readonly QueryTime[]
}

/** How long one of the common queries took. */
export interface QueryTime {
  readonly name: string
  readonly seconds: number
}

/** The finished backups of one type. */
export interface BackupFacts {
  readonly type: BackupType
  readonly number: number
  /** The newest one. */
  readonly createdAt: Date
  readonly bytes: number
}

/** A folder that a deploy needs room in. */
export interface DiskFacts {
  readonly folder: string
  readonly freeBytes: number
}

/** Why the next deploy would not fit on the disk. */
export interface DiskProblem {
  readonly what: string
  readonly why: string
  readonly next: string
}

/** The database's size at a moment. */
export interface SizeSample {
  readonly at: Date
  readonly bytes: number
  readonly walBytes: number
}

/** All that is known when metrics are written, alerts decided or the watch drawn. */
export interface Facts {
  readonly at: Date
  readonly database: string
  /** Whether there is a file at all. */
  readonly exists: boolean
  /** Null where it could not be looked at: missing, locked, damaged. */
  readonly file: DatabaseFacts | null
  /** Why it could not. */
  readonly fileProblem: string | null
  readonly backups: readonly BackupFacts[]
  /** When a backup was last found to be as its manifest says. */
  readonly verifiedAt: Date | null
  /** When a restore was last tried out on a backup, and worked. */
  readonly restoredAt: Date | null
  readonly disks: readonly DiskFacts[]
  /** Null: the next deploy fits. */
  readonly diskProblem: DiskProblem | null
  /** The last run of each command. */
  readonly runs: readonly RunRecord[]
  /** Sizes of before, the oldest first; without that of now. */
  readonly sizes: readonly SizeSample[]
  readonly undeliveredAlerts: number
}

/** What the newest run that looked said of the file; null where none has looked. */
export function integrityOf({ runs }: Pick<Facts, 'runs'>): { readonly ok: boolean; readonly at: Date } | null {
  const looked = runs.filter((run) => run.integrity !== null).sort((a, b) => b.endedAt.getTime() - a.endedAt.getTime())
  const [newest] = looked
  return newest === undefined ? null : { ok: newest.integrity === true, at: newest.endedAt }
}

/** The newest of the finished backups, of any type. */
export function newestBackup({ backups }: Pick<Facts, 'backups'>): BackupFacts | null {
  return backups.reduce<BackupFacts | null>((best, each) => (best === null || each.createdAt > best.createdAt ? each : best), null)
}
