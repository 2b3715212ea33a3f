import { statSync } from 'node:fs'
import { ownershipOf } from '../files/permissions.ts'
import { refuse } from '../errors.ts'
import { assertDatabaseThere, isEmptied } from '../files/place.ts'
import { assertSpaceFor } from '../files/space.ts'
import type { Settings } from '../settings.ts'
import { explain } from '../sqlite/explain.ts'
import { openLive } from '../sqlite/open-live.ts'
import { createBackup } from './create.ts'
import type { Manifest } from './manifest.ts'
import { removeLeftovers } from './store.ts'
import type { BackupType } from './types.ts'

/**
 * Makes a backup of the live database, while others use it, after looking whether it can be made.
 *
 * @throws MigratorError with exit 3
 */
export async function makeBackup({ database, backupDir }: Settings, type: BackupType, compressed: boolean, now: Date): Promise<{ path: string; manifest: Manifest }> {
  assertDatabaseThere(database)
  if (isEmptied(database)) {
    throw refuse({
      code: 'DATABASE_EMPTIED',
      what: `${database} is empty.`,
      why: 'The file has no byte: there is nothing to back up.',
      next: 'Bring the last backup back with "migrator restore --latest", or make a new database with "migrator deploy".',
    })
  }
  removeLeftovers(backupDir, now)
  // A compressed one stands beside the plain copy for a while.
  assertSpaceFor(backupDir, statSync(database).size * (compressed ? 2 : 1))
  const live = openLive(database)
  try {
    return await createBackup(live, { folder: backupDir, type, now, ownership: ownershipOf(database) }, compressed)
  } catch (error) {
    throw explain(error, database)
  } finally {
    live.close()
  }
}
