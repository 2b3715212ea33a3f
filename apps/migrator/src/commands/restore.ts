import { realpathSync } from 'node:fs'
import { type Content, withContent } from '../backups/content.ts'
import { findBackup } from '../backups/find.ts'
import { readManifest } from '../backups/manifest.ts'
import { latestBackup } from '../backups/store.ts'
import { verifyContent } from '../backups/verify.ts'
import { countOf, shortPath } from '../terminal/describe.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'
import { EXIT, refuse, usage } from '../errors.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { readVersion } from '../migrations/ledger.ts'
import { forgottenText, withDeletions } from '../restore/reapply-deletions.ts'
import { restoreBackup } from '../restore/restore-backup.ts'
import { withDatabase } from '../sqlite/connection.ts'

/** `migrator restore FILE|--latest`: verifies the backup, keeps what is there, and publishes in place. */
export async function restore(input: CommandInput, request: { file: string | undefined; latest: boolean; withoutDeletions?: boolean }): Promise<CommandResult> {
  const backup = chosen(request, input)
  assertDatabasePlace(input.settings.database)
  return withContent(backup, input.settings.backupDir, (content) => restoreContent(input, backup, content, request.withoutDeletions === true))
}

async function restoreContent(input: CommandInput, backup: string, content: Content, without: boolean): Promise<CommandResult> {
  const { settings, cwd, now } = input
  const { database } = settings
  const verification = await verifyContent(backup, content, false)
  const { file } = content
  if (!verification.ok || file === null) {
    throw refuse({
      code: 'BACKUP_DAMAGED',
      what: `${shortPath(backup, cwd)} is not fit to be restored.`,
      why: verification.problems[0] ?? '',
      next: 'Choose another one: "migrator backup list", "migrator backup verify --all". The database is as before.',
      details: verification.problems,
    })
  }
  const manifest = readManifest(backup)
  const request = { settings, since: manifest?.createdAt ?? null, without }
  return withLock(input, (ownership) => withDeletions(file, request, async (source, forgotten) => {
    const { preRestore, rawCopy, rows } = await restoreBackup(source, settings, ownership, now)
    const version = withDatabase(database, {}, readVersion)
    const total = Object.values(rows).reduce((sum, number) => sum + number, 0)
    return {
      exitCode: EXIT.ok,
      json: { exitCode: EXIT.ok, database, restored: backup, sha256: verification.sha256, version, rows, preRestore, rawCopy, forgotten, hadManifest: manifest !== null, error: null },
      text: [
        `✔ ${shortPath(database, cwd)} has the content of ${shortPath(backup, cwd)} (version ${version ?? 'none'}, ${countOf(total, 'row')}).`,
        ...(forgotten === 0 ? [] : [`  ${forgottenText(forgotten)}.`]),
        ...(without ? ['  Players who asked to be deleted since then may be back: --without-deletions.'] : []),
        ...(preRestore === null ? [] : [`  What was there before: ${shortPath(preRestore, cwd)}`]),
        ...(rawCopy === null ? [] : [`  The broken file's bytes: ${shortPath(rawCopy, cwd)}`]),
      ].join('\n'),
    }
  }))
}

function chosen({ file, latest }: { file: string | undefined; latest: boolean }, { settings, cwd }: CommandInput): string {
  if ((file === undefined) !== latest) {
    throw usage({
      code: 'WRONG_USAGE',
      what: file === undefined ? 'Which backup is to be restored?' : 'FILE and --latest exclude each other.',
      why: 'restore takes either a file or --latest.',
      next: 'See "migrator backup list", then "migrator restore FILE" or "migrator restore --latest".',
    })
  }
  if (file === undefined) {
    const newest = latestBackup(settings.backupDir, settings.database)
    if (newest !== null) return newest.path
    throw refuse({
      code: 'NO_BACKUP',
      what: `There is no finished backup of ${settings.database}.`,
      why: `${settings.backupDir} has none of this database.`,
      next: 'Name a file: "migrator restore FILE", or look elsewhere with --backup-dir DIR.',
    })
  }
  const found = findBackup(file, settings.backupDir, cwd)
  if (realpathSync(found) === settings.database) {
    throw usage({ code: 'WRONG_USAGE', what: 'That is the database itself.', why: 'A database cannot be restored from itself.', next: 'See "migrator backup list".' })
  }
  return found
}
