import { copyBackup } from '../backups/copy.ts'
import { isSound } from '../backups/manifest.ts'
import { type Backup, listBackups } from '../backups/store.ts'
import { decide, type Facts } from '../retention/decide.ts'
import type { Rules } from '../retention/rules.ts'

/** The backups that the second folder's rules would keep, were they all there, and that are not there. The newest first. */
export function missingCopies(backupDir: string, folder: string, rules: Rules, facts: Facts): Backup[] {
  const there = listBackups(folder).filter((backup) => backup.manifest !== null)
  const names = new Set(there.map((backup) => backup.name))
  const here = listBackups(backupDir).filter((backup) => !names.has(backup.name))
  return decide([...there, ...here], rules, facts).keep
    .map((each) => each.backup)
    .filter((backup) => here.includes(backup) && backup.manifest !== null && isSound(backup.manifest))
}

/**
 * Copies what is missing: the backup of just now, and those of the days on which the folder was not there.
 *
 * @throws MigratorError COPY_FAILED (exit 5)
 */
export async function copyMissing(missing: readonly Backup[], folder: string): Promise<string[]> {
  const copies: string[] = []
  for (const backup of missing) copies.push(await copyBackup(backup, folder))
  return copies
}
