import { copyFileSync, existsSync, linkSync, rmSync } from 'node:fs'
import { codeOf } from '../errors.ts'
import { fsyncFolder, fsyncPath } from '../files/durable.ts'
import { apply, type Ownership } from '../files/permissions.ts'

/** Where a new database stands until it gets its name. */
export function newFilePath(database: string): string {
  return `${database}.new`
}

/**
 * Gives a database that was missing its file, whole or not at all, and never over one that came meanwhile.
 *
 * @returns false when there is a file of that name now
 */
export function createDatabaseFile(candidate: string, database: string, ownership: Ownership): boolean {
  const temporary = newFilePath(database)
  try {
    copyFileSync(candidate, temporary)
    apply(ownership, temporary)
    fsyncPath(temporary)
    if (existsSync(database)) return false
    linkSync(temporary, database)
    fsyncFolder(database)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}
