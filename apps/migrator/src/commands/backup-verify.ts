import { recordChecks } from '../backups/manifest.ts'
import { latestBackup, listBackups } from '../backups/store.ts'
import { findBackup } from '../backups/find.ts'
import { type BackupVerification, verifyBackup } from '../backups/verify.ts'
import { shortPath } from '../terminal/describe.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { type ErrorReport, EXIT, refuse } from '../errors.ts'

/** `migrator backup verify [FILE|--all]`; the manifest notes it. Exit 3 when a backup is not what it should be. */
export async function backupVerify({ settings, cwd, now }: CommandInput, request: { file: string | undefined; all: boolean }): Promise<CommandResult> {
  const results: BackupVerification[] = []
  for (const path of chosen(request, settings, cwd)) {
    const result = await verifyBackup(path, settings.backupDir)
    recordChecks(path, { verify: { at: now().toISOString(), ok: result.ok } })
    results.push(result)
  }
  const bad = results.filter((result) => !result.ok)
  const exitCode = bad.length === 0 ? EXIT.ok : EXIT.refused
  const error: ErrorReport | null = bad.length === 0 ? null : {
    code: 'BACKUP_DAMAGED',
    what: `${bad.length} of ${results.length} backups ${bad.length === 1 ? 'is' : 'are'} not what ${bad.length === 1 ? 'it' : 'they'} should be.`,
    why: bad[0]?.problems[0] ?? '',
    next: 'Do not count on it; make a new one with "migrator backup".',
    details: bad.flatMap((result) => result.problems.map((problem) => `${shortPath(result.path, cwd)}: ${problem}`)),
  }
  return {
    exitCode,
    json: { exitCode, ok: bad.length === 0, verified: bad.length === 0, ...only(results), backups: results, error },
    text: results.map((result) => `${result.ok ? '✔' : '✖'} ${shortPath(result.path, cwd)}${result.ok ? '' : `: ${result.problems[0]}`}`).join('\n'),
    ...(error === null ? {} : { error }),
  }
}

/** The facts of a single backup also stand at the top. */
function only(results: readonly BackupVerification[]): Partial<Pick<BackupVerification, 'path' | 'sha256' | 'bytes'>> {
  const [first] = results
  return first === undefined || results.length > 1 ? {} : { path: first.path, sha256: first.sha256, bytes: first.bytes }
}

function chosen({ file, all }: { file: string | undefined; all: boolean }, { backupDir, database }: CommandInput['settings'], cwd: string): string[] {
  if (file !== undefined) return [findBackup(file, backupDir, cwd)]
  const paths = all ? listBackups(backupDir).map((backup) => backup.path) : [latestBackup(backupDir, database)?.path].filter((path) => path !== undefined)
  if (paths.length > 0 || all) return paths
  throw refuse({
    code: 'NO_BACKUP',
    what: 'There is no backup to verify.',
    why: `${backupDir} has none of ${database}.`,
    next: 'Make one with "migrator backup".',
  })
}
