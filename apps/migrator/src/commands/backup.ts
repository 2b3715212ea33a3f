import { createBackup } from '../backups/create.ts'
import type { BackupType } from '../backups/types.ts'
import { removeStalePartials } from '../backups/store.ts'
import { countOf, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere } from '../files/place.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { corrupt, explain } from '../sqlite/explain.ts'
import { EXIT, reportOf } from '../errors.ts'
import { assertSpaceFor, megabytes } from '../files/space.ts'
import { ownershipOf } from '../files/permissions.ts'
import { openLive } from '../sqlite/open-live.ts'
import { statSync } from 'node:fs'

/** `migrator backup`: one whole, checked file of the live database, while others use it. */
export async function backup({ settings, cwd, now }: CommandInput, { type }: { type: BackupType }): Promise<CommandResult> {
  const { database, backupDir } = settings
  assertDatabaseThere(database)
  removeStalePartials(backupDir, now())
  assertSpaceFor(backupDir, statSync(database).size)
  const live = openLive(database)
  try {
    const { path, manifest } = await createBackup(live, { folder: backupDir, type, now: now(), ownership: ownershipOf(database) })
    const { ok, problems } = manifest.integrity
    const error = ok ? null : reportOf(corrupt(database, problems))
    const { sha256, bytes, schemaVersion, rows } = manifest
    const total = Object.values(rows).reduce((sum, number) => sum + number, 0)
    return {
      exitCode: ok ? EXIT.ok : EXIT.refused,
      json: { exitCode: ok ? EXIT.ok : EXIT.refused, path, type, sha256, bytes, verified: ok, schemaVersion, rows, error },
      text: `${ok ? '✔' : '✖'} ${shortPath(path, cwd)}: ${megabytes(bytes)}, version ${schemaVersion ?? 'none'}, ${countOf(total, 'row')}, ${ok ? 'verified' : 'DAMAGED'}`,
      ...(error === null ? {} : { error }),
    }
  } catch (error) {
    throw explain(error, database)
  } finally {
    live.close()
  }
}
