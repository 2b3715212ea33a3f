import { existsSync, statSync } from 'node:fs'
import { latestBackup } from '../backups/store.ts'
import { refuse } from '../errors.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { assertSpace } from '../files/space.ts'
import { examineDatabase, type Preflight, structureDiffers, structureDrift } from '../migrations/examine.ts'
import { readMigrations } from '../migrations/folder.ts'
import { ownershipOf } from '../files/permissions.ts'
import type { Context } from '../pipeline/context.ts'
import type { State } from '../pipeline/state.ts'
import type { Step, StepResult } from '../pipeline/steps.ts'
import { openLive } from '../sqlite/open-live.ts'
import { acceptedPath, readAccepted, withoutAccepted } from '../structure/accepted.ts'

/** Looks whether the deploy can succeed at all: file, disk, Prisma's ledger, migrations, structure. */
export const preflight: Step = {
  name: 'preflight',
  run: async (context, state) => {
    const { database, backupDir, prismaDir } = context.settings
    const migrations = readMigrations(prismaDir)
    assertDatabasePlace(database)
    assertSpace(statSync(database, { throwIfNoEntry: false })?.size ?? 0, database, backupDir)
    const live = existsSync(database) ? openLive(database) : null
    try {
      const found = examineDatabase(live?.connection ?? null, database, prismaDir, migrations)
      if (found.origin === 'new') assertNeverThere(context.settings)
      return examine(context, state, live, found)
    } catch (error) {
      live?.close()
      throw error
    }
  },
}

/**
 * Where there are players in a backup, a database that is missing or empty was lost, not never made: an empty game in
 * its place would be what the next backups hold.
 *
 * @throws MigratorError DATABASE_LOST (exit 3)
 */
function assertNeverThere({ database, backupDir }: Context['settings']): void {
  const backup = latestBackup(backupDir, database)
  const players = backup?.manifest?.rows.users ?? 0
  if (backup === null || players === 0) return
  throw refuse({
    code: 'DATABASE_LOST',
    what: `${database} is ${existsSync(database) ? 'empty' : 'missing'}, and there is a backup of it with ${players} ${players === 1 ? 'player' : 'players'}.`,
    why: `${backup.name} was made of a database of this name. Going on would begin a new game in its place.`,
    next: 'Bring it back with "migrator restore --latest". For a new game move the backups away, or name another folder with --backup-dir DIR.',
  })
}

function examine({ settings }: Context, state: Readonly<State>, live: State['live'], found: Preflight): StepResult {
  if (found.origin === 'managed' && live) {
    const differences = withoutAccepted(structureDrift(live.connection, found), readAccepted(settings.database))
    if (differences.length > 0) throw structureDiffers(differences, acceptedPath(settings.database))
  }
  const remarks = live === null ? [`${settings.database} did not exist and is created`] : []
  return {
    live: live ?? null,
    ownership: state.ownership ?? ownershipOf(settings.database),
    preflight: found,
    upToDate: found.pending.length === 0,
    remarks,
    summary: describe(found),
  }
}

function describe({ origin, versionFrom, pending, versionTo }: Preflight): string {
  if (pending.length === 0) return `version ${versionFrom}, nothing is pending`
  const what = { new: 'a new database', managed: `version ${versionFrom}`, legacy: `version ${versionFrom} of the older system` }[origin]
  return `${what}; ${pending.length} pending ${pending.length === 1 ? 'migration' : 'migrations'} to version ${versionTo}`
}
