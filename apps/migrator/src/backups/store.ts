import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Manifest, manifestPath, readManifest } from './manifest.ts'
import type { BackupType } from './types.ts'

/** A backup in the folder. */
export interface Backup {
  readonly path: string
  readonly name: string
  readonly type: BackupType | null
  /** ISO 8601, UTC, from the name. */
  readonly createdAt: string
  /** Null: it was never finished, or somebody took its manifest away. */
  readonly manifest: Manifest | null
}

const NAME = /^trivia_(manual|daily|weekly|pre_migration|post_migration|pre_restore)_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.db$/

/** A name for a backup made now that no file in the folder has: `trivia_<type>_<UTC time>.db`. */
export function newBackupPath(folder: string, type: BackupType, now: Date): string {
  for (let time = now.getTime(); ; time++) {
    const stamp = new Date(time).toISOString().replaceAll(/[-:.]/g, '')
    const path = join(folder, `trivia_${type}_${stamp}.db`)
    if (!existsSync(path) && !existsSync(`${path}.partial`)) return path
  }
}

/** All backups of a folder, the newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name): Backup[] => {
      const match = NAME.exec(name)
      if (match === null) return []
      const [, type, year, month, day, hour, minute, second, millisecond] = match
      const path = join(folder, name)
      return [{
        path,
        name,
        type: type as BackupType,
        createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`,
        manifest: readManifest(path),
      }]
    })
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

/** The newest finished backup of a database; several databases may share a folder. */
export function latestBackup(folder: string, database: string): Backup | null {
  return listBackups(folder).find((backup) => backup.manifest?.database === database && backup.manifest.integrity.ok) ?? null
}

/** Removes a backup with its manifest. */
export function removeBackup(path: string): void {
  for (const suffix of ['', '.partial']) rmSync(`${manifestPath(path)}${suffix}`, { force: true })
  rmSync(path, { force: true })
}

const STALE_MS = 24 * 60 * 60 * 1000

/** Removes what backups left that were killed: unfinished files of more than a day ago. */
export function removeStalePartials(folder: string, now: Date): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder).filter((each) => /^trivia_.*\.db\.partial/.test(each))) {
    const path = join(folder, name)
    if (now.getTime() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { force: true })
  }
}
