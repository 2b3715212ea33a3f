import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { removeAbandoned } from '../backups/scratch.ts'
import { takeTurn } from '../backups/turn.ts'
import { refuse } from '../errors.ts'
import { makeFolder, type Ownership } from '../files/permissions.ts'
import type { Settings } from '../settings.ts'

/**
 * Lends an empty folder on the backups' file system, in which a drill restores. One drill of a database at a time: so
 * whatever stands there already is what a killed one left, and goes.
 *
 * @throws MigratorError DRILL_RUNNING (exit 3)
 */
export async function withScratch<T>({ database, backupDir }: Settings, ownership: Ownership, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(backupDir, `.drill-${createHash('sha256').update(database).digest('hex').slice(0, 8)}`)
  makeFolder(backupDir, ownership)
  removeAbandoned(backupDir)
  const giveBack = takeTurn(`${folder}.lock`, ownership)
  if (giveBack === null) {
    throw refuse({
      code: 'DRILL_RUNNING',
      what: 'Another drill of this database is running.',
      why: `Another process has ${folder}.lock.`,
      next: 'Wait until it ends; "migrator backup list" then tells how it went.',
    })
  }
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    giveBack()
  }
}
