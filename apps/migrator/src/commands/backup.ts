import { basename } from 'node:path'
import { copyBackup } from '../backups/copy.ts'
import { openCopyFolder } from '../backups/copy-folder.ts'
import { makeBackup } from '../backups/make.ts'
import type { Manifest } from '../backups/manifest.ts'
import { type BackupFlags, backupOptions } from '../backups/options.ts'
import type { BackupType } from '../backups/types.ts'
import { countOf, shortPath } from '../terminal/describe.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { corrupt } from '../sqlite/explain.ts'
import { type ErrorReport, EXIT, MigratorError, reportOf } from '../errors.ts'
import { megabytes } from '../files/space.ts'
import { ownershipOf } from '../files/permissions.ts'

/**
 * `migrator backup`: one whole, checked file of the live database, while others use it; with --copy-to a second one
 * elsewhere. Exit 5 when only the copy did not work.
 */
export async function backup(input: CommandInput, { type, ...flags }: { type: BackupType } & BackupFlags): Promise<CommandResult> {
  const { settings: { database }, settings, cwd, now, terminal } = input
  const options = backupOptions(flags, terminal.env, cwd, settings.backupDir)
  const { path, manifest } = await makeBackup(settings, type, options.compressed, now())
  const { ok, problems } = manifest.integrity
  const copy = ok ? await copyTo(options.copyTo, path, manifest, input) : nothingCopied
  const error = ok ? copy.error : reportOf(corrupt(database, problems))
  const exitCode = ok ? (error === null ? EXIT.ok : EXIT.manual) : EXIT.refused
  const { sha256, bytes, content, schemaVersion, rows } = manifest
  const total = Object.values(rows).reduce((sum, number) => sum + number, 0)
  const size = content === undefined ? megabytes(bytes) : `${megabytes(bytes)} (of ${megabytes(content.bytes)})`
  return {
    exitCode,
    json: { exitCode, path, type, sha256, bytes, compressed: content !== undefined, content: content ?? null, verified: ok, schemaVersion, rows, copy: copy.path, notes: copy.notes, error },
    text: [
      `${ok ? '✔' : '✖'} ${shortPath(path, cwd)}: ${size}, version ${schemaVersion ?? 'none'}, ${countOf(total, 'row')}, ${ok ? 'verified' : 'DAMAGED'}`,
      ...(copy.path === null ? [] : [`✔ ${shortPath(copy.path, cwd)}: copied, and read back`]),
      ...copy.notes.map((note) => `  • ${note}`),
    ].join('\n'),
    ...(error === null ? {} : { error }),
  }
}

interface CopyOutcome {
  readonly path: string | null
  readonly notes: readonly string[]
  readonly error: ErrorReport | null
}

const nothingCopied: CopyOutcome = { path: null, notes: [], error: null }

async function copyTo(folder: string | null, path: string, manifest: Manifest, { settings: { backupDir, database } }: CommandInput): Promise<CopyOutcome> {
  if (folder === null) return nothingCopied
  try {
    const notes = openCopyFolder(folder, backupDir, ownershipOf(database))
    const made = { path, name: basename(path), type: manifest.type, createdAt: manifest.createdAt, manifest }
    return { path: await copyBackup(made, folder), notes, error: null }
  } catch (error) {
    if (error instanceof MigratorError) return { ...nothingCopied, error: reportOf(error) }
    throw error
  }
}
