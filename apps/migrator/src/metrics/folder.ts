import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { apply, makeFolder, ownershipOf } from '../files/permissions.ts'
import { writeAtomically } from './atomic.ts'

/** Where what monitoring has to remember is: beside the database, in a folder of its own. */
export function monitoringFolder(database: string): string {
  return `${database}.monitoring`
}

/** Where alerts wait until they are delivered. */
export function outboxFolder(database: string): string {
  return join(monitoringFolder(database), 'outbox')
}

/**
 * A folder inside of it, made when it is missing. It belongs to whom the database belongs to.
 *
 * @throws the system's error
 */
export function makeMonitoringFolder(database: string, name: string): string {
  // A path that was mistyped, or a disk that is not mounted: nothing is made there.
  if (!existsSync(dirname(database))) throw new Error(`There is no folder ${dirname(database)}`)
  const ownership = ownershipOf(database)
  const folder = join(monitoringFolder(database), name)
  makeFolder(monitoringFolder(database), ownership)
  makeFolder(folder, ownership)
  return folder
}

/**
 * Writes one of its files, for as many eyes as the database itself: whoever migrates is not always who looks.
 *
 * @throws the system's error
 */
export function writeMonitoringFile(database: string, path: string, content: string): void {
  const ownership = ownershipOf(database)
  writeAtomically(path, content, ownership.mode)
  apply(ownership, path)
}
