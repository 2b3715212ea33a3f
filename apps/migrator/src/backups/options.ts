import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { usage } from '../errors.ts'

/** How backups are made, and where else they go. */
export interface BackupOptions {
  readonly compressed: boolean
  /** The second folder; null without one. */
  readonly copyTo: string | null
}

export interface BackupFlags {
  readonly compress?: boolean | undefined
  readonly copyTo?: string | undefined
}

/**
 * Decides: the flag, then BACKUP_COMPRESS and BACKUP_COPY_DIR, then neither.
 *
 * @throws MigratorError WRONG_USAGE (exit 2)
 */
export function backupOptions(flags: BackupFlags, env: NodeJS.ProcessEnv, cwd: string, backupDir: string): BackupOptions {
  const given = flags.copyTo ?? env.BACKUP_COPY_DIR
  const copyTo = given ? resolve(cwd, given) : null
  if (copyTo !== null) assertElsewhere(copyTo, backupDir)
  return { compressed: flags.compress ?? isZstd(env.BACKUP_COMPRESS), copyTo }
}

function assertElsewhere(copyTo: string, backupDir: string): void {
  const actual = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : folder)
  if (actual(copyTo) !== actual(backupDir)) return
  throw usage({
    code: 'WRONG_USAGE',
    what: 'The second folder is the folder of the backups.',
    why: 'A copy beside the original protects from nothing.',
    next: 'Name another with --copy-to DIR or BACKUP_COPY_DIR.',
  })
}

function isZstd(text: string | undefined): boolean {
  if (text === 'zstd') return true
  if (text === undefined || text === '' || text === 'off') return false
  throw usage({
    code: 'WRONG_USAGE',
    what: `BACKUP_COMPRESS is ${JSON.stringify(text)}.`,
    why: 'Backups are compressed with zstd, or not at all.',
    next: 'Set BACKUP_COMPRESS=zstd or BACKUP_COMPRESS=off.',
  })
}
