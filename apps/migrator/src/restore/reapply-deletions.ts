import { closeSync, copyFileSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Connection } from '@trivia/database/connection'
import { type Deletions, deletionsKeyPath, deletionsPath, readDeletions } from '@trivia/database/deletions'
import { forgetPlayer, playersIn } from '@trivia/database/queries'
import { openScratch } from '../backups/scratch.ts'
import { refuse } from '../errors.ts'
import { makeFolder, ownershipOf } from '../files/permissions.ts'
import { assertSpaceFor } from '../files/space.ts'
import type { Settings } from '../settings.ts'

/** What is brought back, and how its players' wish to be forgotten is kept. */
export interface DeletionsRequest {
  readonly settings: Pick<Settings, 'database' | 'backupDir'>
  /** When the content was as it is, ISO 8601; null where nobody knows. */
  readonly since: string | null
  /** Goes on without the deletions that cannot be known any more, or without any. */
  readonly without: boolean
}

/** A deletion is noted before it is done, and a backup in between has the player: so far back a line counts, too. */
const MARGIN_MS = 60 * 60 * 1000

/**
 * Lends content without the players who asked to be deleted since it was made: the file itself where there are none,
 * else a copy that goes away again.
 *
 * @throws MigratorError DELETIONS_UNREADABLE (exit 3)
 */
export async function withDeletions<T>(file: string, request: DeletionsRequest, work: (file: string, forgotten: number) => Promise<T>): Promise<T> {
  const deletions = request.without ? null : deletionsOf(request.settings.database)
  if (deletions === null || deletions.last === null || deletions.last < earliest(request.since)) return work(file, 0)
  const { backupDir } = request.settings
  makeFolder(backupDir, ownershipOf(request.settings.database))
  using scratch = openScratch(backupDir, 'restore')
  assertSpaceFor(backupDir, statSync(file).size)
  const copy = join(scratch.path, 'without-deleted.db')
  closeSync(openSync(copy, 'wx', 0o600))
  copyFileSync(file, copy)
  const forgotten = forgetAgain(copy, deletions, request.since)
  return await work(forgotten === 0 ? file : copy, forgotten)
}

/**
 * The ledger of a database's deletions; null where there is none.
 *
 * @throws MigratorError DELETIONS_UNREADABLE (exit 3) where its key is gone
 */
export function deletionsOf(database: string): Deletions | null {
  const deletions = readDeletions(database)
  if (deletions === null || deletions.unreadable === 0) return deletions
  throw refuse({
    code: 'DELETIONS_UNREADABLE',
    what: `Of ${deletions.unreadable} ${deletions.unreadable === 1 ? 'deletion' : 'deletions'} in ${deletionsPath(database)} nobody can tell whose they are.`,
    why: `Their key is not in ${deletionsKeyPath(database)}. Players who asked to be deleted could come back.`,
    next: 'Bring the key back. If it is lost: "migrator restore … --without-deletions", and then delete again who asks. The database is as before.',
  })
}

/**
 * Deletes again who asked for it after the content was made; who came back later stays.
 *
 * @returns how many players there were
 */
export function forgetAgain(file: string, deletions: Deletions, since: string | null): number {
  const db = new Connection({ path: file })
  try {
    const asked = playersIn(db).filter(({ userId, createdAt }) => {
      const last = deletions.lastOf(userId)
      if (last !== null && since !== null && last > Date.parse(since)) return true
      // Asked before, or nobody knows: whoever came after that is somebody who came back.
      const cameAt = createdAt === null ? NaN : Date.parse(createdAt)
      return last !== null && last >= earliest(since) && !(cameAt > last)
    })
    const forgotten = db.transaction(() => asked.filter(({ userId }) => forgetPlayer(db, userId)).length)
    // One whole file, with nothing beside it.
    if (forgotten > 0) db.raw.pragma('journal_mode = DELETE')
    return forgotten
  } finally {
    db.close()
  }
}

function earliest(since: string | null): number {
  return since === null ? -Infinity : Date.parse(since) - MARGIN_MS
}

/** How it is told. */
export function forgottenText(forgotten: number): string {
  return forgotten === 1 ? '1 player who asked to be deleted since then was deleted again' : `${forgotten} players who asked to be deleted since then were deleted again`
}
