import { existsSync, statSync } from 'node:fs'
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
      return examine(context, state, live, examineDatabase(live?.connection ?? null, database, prismaDir, migrations))
    } catch (error) {
      live?.close()
      throw error
    }
  },
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
