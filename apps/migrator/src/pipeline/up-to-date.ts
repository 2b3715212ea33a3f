import { existsSync } from 'node:fs'
import { assertDatabasePlace } from '../files/place.ts'
import { examineDatabase, type Preflight, structureDiffers, structureDrift } from '../migrations/examine.ts'
import { readMigrations } from '../migrations/folder.ts'
import type { Settings } from '../settings.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { workFolder } from './journal.ts'

/**
 * Answers a deploy that has nothing to do from Prisma's ledger and the migrations' checksums: no lock, no
 * backup, no process of Prisma's, nothing written.
 *
 * @returns null when there may be something to do: the pipeline decides then
 * @throws MigratorError STRUCTURE_DIFFERS, MIGRATION_EDITED, … (exit 3)
 */
export async function answerUpToDate(settings: Settings): Promise<Preflight | null> {
  const { database, prismaDir } = settings
  // First of all: a wrong --prisma-dir is said before anything is made.
  const migrations = readMigrations(prismaDir)
  if (!existsSync(database) || existsSync(workFolder(settings))) return null
  assertDatabasePlace(database)
  const { found, differences } = withDatabase(database, {}, (connection) => {
    const found = examineDatabase(connection, database, prismaDir, migrations)
    return { found, differences: found.origin === 'managed' && found.pending.length === 0 ? structureDrift(connection, found) : [] }
  })
  if (found.pending.length > 0) return null
  if (differences.length > 0) {
    const { acceptedPath, readAccepted, withoutAccepted } = await import('../structure/accepted.ts')
    const unknown = withoutAccepted(differences, readAccepted(database))
    if (unknown.length > 0) throw structureDiffers(unknown, acceptedPath(database))
  }
  return found
}
