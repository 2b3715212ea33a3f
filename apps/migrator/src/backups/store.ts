import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fsyncFolder } from '../files/durable.ts'
import { isSound, type Manifest, manifestPath, readManifest } from './manifest.ts'
import { removeAbandoned } from './scratch.ts'
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

const NAME = /^trivia_(manual|daily|weekly|pre_migration|post_migration|pre_restore)_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.db(?:\.zst)?$/

/** A name for a backup made now that no file in the folder has: `trivia_<type>_<UTC time>.db`. */
export function newBackupPath(folder: string, type: BackupType, now: Date): string {
  for (let time = now.getTime(); ; time++) {
    const stamp = new Date(time).toISOString().replaceAll(/[-:.]/g, '')
    const path = join(folder, `trivia_${type}_${stamp}.db`)
    if (['', '.partial', '.zst', '.zst.partial'].every((ending) => !existsSync(`${path}${ending}`))) return path
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
    .sort(newestFirst)
}

/** For sorting; of two of the same moment always the same one comes first. */
export function newestFirst(a: Backup, b: Backup): number {
  return b.createdAt.localeCompare(a.createdAt) || b.name.localeCompare(a.name)
}

/** The newest finished backup of a database; several databases may share a folder. */
export function latestBackup(folder: string, database: string): Backup | null {
  return listBackups(folder).find((backup) => backup.manifest?.database === database && isSound(backup.manifest)) ?? null
}

/** The ending of a backup that is just being removed. */
const REMOVED = '.removed'

/**
 * Removes a backup with its manifest. The file loses its name first: who is killed in the middle leaves nothing that
 * looks like a backup, and removeLeftovers finds the rest.
 */
export function removeBackup(path: string): void {
  if (existsSync(path)) {
    renameSync(path, `${path}${REMOVED}`)
    fsyncFolder(path)
  }
  finishRemoval(path)
}

function finishRemoval(path: string): void {
  for (const ending of ['', '.partial']) rmSync(`${manifestPath(path)}${ending}`, { force: true })
  rmSync(`${path}${REMOVED}`, { force: true })
}

const STALE_MS = 24 * 60 * 60 * 1000

/** What a backup in the making is called. */
const UNFINISHED = /^trivia_.*\.db(?:\.zst)?\.partial/

/**
 * Removes what was left by those that were killed: half removed backups, folders in which they worked, and unfinished
 * files of more than a day ago.
 */
export function removeLeftovers(folder: string, now: Date): void {
  if (!existsSync(folder)) return
  removeAbandoned(folder)
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (name.endsWith(REMOVED) && NAME.test(name.slice(0, -REMOVED.length))) finishRemoval(path.slice(0, -REMOVED.length))
    const stat = UNFINISHED.test(name) ? statSync(path, { throwIfNoEntry: false }) : undefined
    if (stat !== undefined && now.getTime() - stat.mtimeMs > STALE_MS) rmSync(path, { force: true })
  }
}
