import { BotError } from '../errors.ts'
import type { Store } from '../store/index.ts'
import { StoreError } from '../store/index.ts'

/** The schema versions that this release of the bot serves. */
export const served: { readonly from: number; readonly to: number } = { from: 10, to: 10 }

/** @returns the error to stop with, or null while the database has a version that the bot serves */
export async function schemaProblem(store: Store, path: string): Promise<BotError | null> {
  let version: number | null
  try {
    version = await store.call('schemaVersion', undefined)
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
  if (version !== null && version >= served.from && version <= served.to) return null
  const range = served.from === served.to ? `version ${served.from}` : `versions ${served.from} to ${served.to}`
  const newer = version !== null && version > served.to
  return new BotError({
    code: newer ? 'SCHEMA_TOO_NEW' : 'SCHEMA_TOO_OLD', exitCode: 3,
    what: `The database ${path} is ${version === null ? 'none of this system' : `at version ${version}`}, and this bot serves ${range}.`,
    why: newer ? 'A newer release has migrated it.' : 'It has not been migrated yet.',
    next: newer ? 'Start the release of the bot that belongs to it.' : `DATABASE_PATH=${path} pnpm --filter migrator deploy`,
  })
}
