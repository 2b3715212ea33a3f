import { BotError } from '../errors.ts'
import type { SchemaState } from '@trivia/database/queries'
import type { Store } from '../store/index.ts'
import { StoreError } from '../store/index.ts'

/** Schema versions, from the oldest to the newest. */
export interface ServedVersions {
  readonly from: number
  readonly to: number
}

/** The schema versions that this release of the bot was made for. A later one may serve it, and says so itself. */
export const served: ServedVersions = { from: 10, to: 11 }

/** @returns the error to stop with, or null while the database has a version that the bot serves */
export async function schemaProblem(store: Store, path: string, served: ServedVersions): Promise<BotError | null> {
  let state: SchemaState | null
  try {
    state = await store.call('schemaState', undefined)
  } catch (error) {
    if (error instanceof StoreError && error.busy) return null
    // Only what SQLite says is about the file; anything else is a bug.
    if (!(error instanceof StoreError) || !error.code.startsWith('SQLITE_')) throw error
    return new BotError({
      code: 'DATABASE_UNREADABLE', exitCode: 3,
      what: `The database ${path} cannot be read.`,
      why: error instanceof Error ? error.message : String(error),
      next: 'pnpm --filter migrator deploy makes a missing one; pnpm --filter migrator check tells what is wrong with another.',
    })
  }
  // Expand, then contract: a version that only adds serves programs that were made before it.
  if (state !== null && state.version >= served.from && state.servesFrom <= served.to) return null
  const version = state?.version ?? null
  const range = served.from === served.to ? `version ${served.from}` : `versions ${served.from} to ${served.to}`
  const newer = version !== null && version > served.to
  return new BotError({
    code: newer ? 'SCHEMA_TOO_NEW' : 'SCHEMA_TOO_OLD', exitCode: 3,
    what: `The database ${path} is ${version === null ? 'none of this system' : `at version ${version}`}, and this bot serves ${range}.`,
    why: newer ? 'A newer release has migrated it.' : 'It has not been migrated yet.',
    next: newer ? 'Start the release of the bot that belongs to it.' : `DATABASE_PATH=${path} pnpm --filter migrator deploy`,
  })
}
