import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { refuse } from '../errors.ts'

/**
 * The backup that a caller means: a path from where they stand, or a name in the backups' folder.
 *
 * @throws MigratorError BACKUP_MISSING (exit 3)
 */
export function findBackup(file: string, backupDir: string, cwd: string): string {
  const found = [resolve(cwd, file), join(backupDir, file)].find((path) => file.trim() !== '' && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  if (found !== undefined) return found
  throw refuse({
    code: 'BACKUP_MISSING',
    what: `There is no backup ${file.trim() === '' ? JSON.stringify(file) : file}.`,
    why: `No such file is in ${cwd} or in ${backupDir}.`,
    next: 'See which there are with "migrator backup list".',
  })
}
