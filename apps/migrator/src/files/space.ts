import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { refuse } from '../errors.ts'

/** Bytes that a folder's file system has left for this user. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(existing(folder))
  return bavail * bsize
}

const SLACK = 4 * 1024 * 1024

/**
 * Whether a deploy fits on the disk, before it begins. Beside the backups stand the snapshot, the candidate
 * and its compacted copy; beside the database its write-ahead log or journal takes the whole new content once.
 *
 * @param bytes the database's size
 * @throws MigratorError DISK_FULL (exit 3)
 */
export function assertSpace(bytes: number, database: string, backupDir: string): void {
  const forCopies = bytes * 3 + SLACK
  const forPublish = bytes * 1.25 + SLACK
  const one = sameFileSystem(dirname(database), backupDir)
  const needs: [string, number][] = one ? [[backupDir, forCopies + forPublish]] : [[backupDir, forCopies], [dirname(database), forPublish]]
  for (const [folder, needed] of needs) assertSpaceFor(folder, needed)
}

/** @throws MigratorError DISK_FULL (exit 3) where a folder has not so many bytes left. */
export function assertSpaceFor(folder: string, bytes: number): void {
  const free = freeBytes(folder)
  if (free >= bytes) return
  throw refuse({
    code: 'DISK_FULL',
    what: `There is not enough room in ${folder}.`,
    why: `It takes up to ${megabytes(bytes)} for a while, and ${megabytes(free)} are free.`,
    next: 'Make room (old backups: "migrator backup list"), or put backups elsewhere with --backup-dir DIR.',
  })
}

/** Bytes as text. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function sameFileSystem(a: string, b: string): boolean {
  return statSync(existing(a)).dev === statSync(existing(b)).dev
}

function existing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : existing(dirname(folder))
}
