import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { makeFolder, type Ownership, ownershipOf } from '../files/permissions.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { DeployLock } from '../sqlite/deploy-lock.ts'
import { explain } from '../sqlite/explain.ts'
import type { CommandInput } from './command.ts'

/** Runs what changes a database while nothing else of the migrator's does: deploys, restores, optimize. */
export async function withLock<T>({ settings: { database }, argv, now }: CommandInput, work: (ownership: Ownership) => Promise<T> | T): Promise<T> {
  assertDatabasePlace(database)
  const ownership = ownershipOf(database)
  makeFolder(dirname(database), ownership)
  const holder = { pid: process.pid, host: hostname(), command: `migrator ${argv.join(' ')}`, since: now().toISOString() }
  const lock = DeployLock.acquire(database, holder, ownership)
  try {
    return await work(ownership)
  } catch (error) {
    throw explain(error, database)
  } finally {
    lock.release()
  }
}
