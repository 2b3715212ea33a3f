import { statSync } from 'node:fs'
import { basename } from 'node:path'
import { isSound, type Manifest } from '../backups/manifest.ts'
import { type Backup, listBackups, removeBackup } from '../backups/store.ts'
import { sha256File } from '../files/hash.ts'
import type { State } from './state.ts'

/**
 * After a run that failed before it published: where an older pre-migration backup is the same to the byte, the new one
 * goes, and the older is the backup of this run. A service that starts a failing deploy again and again would fill the
 * disk with equal files otherwise. A rehearsal's copy lies elsewhere and goes by itself.
 */
export async function keepOlderEqual(state: State, backupDir: string): Promise<void> {
  const { snapshot, preManifest } = state
  if (snapshot?.path == null || preManifest === undefined) return
  const own = snapshot.path
  const backups = listBackups(backupDir).filter(({ type }) => type === 'pre_migration')
  if (!backups.some(({ path }) => path === own)) return
  const older = await findEqual(backups.filter(({ path }) => path !== own), preManifest)
  if (older === null) return
  removeBackup(own)
  state.snapshot = { ...snapshot, path: older.path }
  state.notes.push(`${older.name} of before is the same to the byte, so no second backup was kept beside it; ${basename(own)} is removed`)
}

/** The file is read for it: one that has rotted since does not take the place of a good one. */
async function findEqual(backups: readonly Backup[], { database, sha256, bytes }: Manifest): Promise<Backup | null> {
  for (const backup of backups) {
    const { manifest } = backup
    if (manifest === null || manifest.database !== database || manifest.sha256 !== sha256 || !isSound(manifest)) continue
    if (statSync(backup.path, { throwIfNoEntry: false })?.size !== bytes) continue
    // Unreadable is not equal.
    if ((await sha256File(backup.path).catch(() => null)) === sha256) return backup
  }
  return null
}
