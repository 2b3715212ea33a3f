import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { assertDatabasePlace } from '../files/place.ts'
import { makeFolder, ownershipOf } from '../files/permissions.ts'
import type { Step } from '../pipeline/steps.ts'
import { DeployLock } from '../sqlite/deploy-lock.ts'

/** One deploy at a time, and only where its database can be written at all. */
export const lock: Step = {
  name: 'lock',
  run: async ({ settings, command, now }) => {
    const ownership = ownershipOf(settings.database)
    assertDatabasePlace(settings.database)
    makeFolder(dirname(settings.database), ownership)
    const holder = { pid: process.pid, host: hostname(), command, since: now().toISOString() }
    return { lock: DeployLock.acquire(settings.database, holder, ownership), ownership, summary: 'this deploy is the only one' }
  },
}
