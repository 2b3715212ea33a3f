import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EXIT, messageOf, MigratorError } from '../errors.ts'
import { writeFileDurably } from '../files/durable.ts'
import { makeFolder, type Ownership } from '../files/permissions.ts'

/** What marks the second folder: an empty mount point does not have it. */
const COPY_MARKER = '.trivia-backups'

const REMEMBERED = '.copy-folders.json'
const rememberedFile = z.object({ folders: z.array(z.string()) })

/**
 * Makes sure that the second folder is what it was: there, and marked. The first time it is marked and remembered;
 * from then on one without its mark is a disk or bucket that is not mounted, and nothing is written to it.
 *
 * @returns what somebody should know
 * @throws MigratorError COPY_FAILED (exit 5)
 */
export function openCopyFolder(folder: string, backupDir: string, ownership: Ownership): string[] {
  assertFolder(folder)
  const known = remembered(backupDir)
  if (!isCopyFolder(folder)) {
    if (known.includes(folder)) throw unmarked(folder)
    try {
      writeFileSync(join(folder, COPY_MARKER), 'Copies of backups are put here. Without this file the folder is taken for one that is not mounted.\n')
    } catch (error) {
      throw copyFailed(folder, messageOf(error))
    }
  }
  if (known.includes(folder)) return []
  makeFolder(backupDir, ownership)
  writeFileDurably(join(backupDir, REMEMBERED), `${JSON.stringify({ folders: [...known, folder] })}\n`, ownership.mode)
  return [`${folder} gets copies for the first time. If a disk or bucket should be mounted there, make sure that it is.`]
}

/**
 * Whether there is a marked folder, for who only looks into it.
 *
 * @throws MigratorError COPY_FAILED (exit 5)
 */
export function assertCopyFolder(folder: string): void {
  assertFolder(folder)
  if (!isCopyFolder(folder)) throw unmarked(folder)
}

/** Whether there is a folder that was marked for copies. */
export function isCopyFolder(folder: string): boolean {
  return existsSync(join(folder, COPY_MARKER))
}

/** The failure of everything about the second folder: the backup itself is good, and somebody has to look. */
export function copyFailed(folder: string, why: string, cause?: unknown): MigratorError {
  return new MigratorError(EXIT.manual, {
    code: 'COPY_FAILED',
    what: `The second folder ${folder} did not get its copy. The backups themselves are good.`,
    why: `${why.replace(/\.$/, '')}.`,
    next: 'Mount it, make room or allow writing there; then "migrator schedule run" brings the missing copies.',
  }, { cause })
}

function unmarked(folder: string): MigratorError {
  return new MigratorError(EXIT.manual, {
    code: 'COPY_FAILED',
    what: `${folder} is not the folder that it was. The backups themselves are good.`,
    why: `It has no ${COPY_MARKER}: the disk or bucket is probably not mounted.`,
    next: `Mount it. Is it a new, empty one that you want? Then mark it: touch ${join(folder, COPY_MARKER)}`,
  })
}

function assertFolder(folder: string): void {
  const stat = statSync(folder, { throwIfNoEntry: false })
  if (stat === undefined) throw copyFailed(folder, 'There is no such folder')
  if (!stat.isDirectory()) throw copyFailed(folder, 'It is not a folder')
}

function remembered(backupDir: string): string[] {
  try {
    return rememberedFile.parse(JSON.parse(readFileSync(join(backupDir, REMEMBERED), 'utf8'))).folders
  } catch {
    return []
  }
}
