import { closeSync, constants, copyFileSync, existsSync, mkdirSync, openSync, rmSync, statSync, truncateSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserFacingError } from '../engine/errors.ts'
import { isInMemory, type DatabaseLocation } from './location.ts'

function missing(location: DatabaseLocation): UserFacingError {
  return new UserFacingError('P1003', `Database \`${location.name}\` does not exist`, { database_name: location.name })
}

/**
 * Throws P1003 where there is no database file. As in the native engine the file is not opened: whether it
 * holds a database shows at the first query.
 */
export function requireDatabase(location: DatabaseLocation): void {
  if (isInMemory(location)) return
  try {
    statSync(location.path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) throw missing(location)
    throw new Error(`Failed to open SQLite database.\n${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** Makes an empty database file (for SQLite an empty file is one) with its folders; leaves an existing one alone. */
export function createDatabase(location: DatabaseLocation): void {
  if (isInMemory(location)) return
  mkdirSync(dirname(location.path), { recursive: true })
  closeSync(openSync(location.path, 'a'))
}

export function dropDatabase(location: DatabaseLocation): void {
  if (isInMemory(location)) return
  requireDatabase(location)
  rmSync(location.path)
  removeCompanions(location)
}

/** Empties a database file that nobody has open. The file itself, with its owner and rights, stays. */
export function truncateDatabase(location: DatabaseLocation): void {
  if (isInMemory(location) || !existsSync(location.path)) return
  truncateSync(location.path)
  removeCompanions(location)
}

/**
 * Copies a database file that nobody has open, by reference where the file system can. The copy is never open to more
 * people than the original, not even while it is made.
 */
export function copyDatabase(location: DatabaseLocation, to: string): void {
  closeSync(openSync(to, 'wx', 0o600))
  copyFileSync(location.path, to, constants.COPYFILE_FICLONE)
}

/** A journal that outlives its database would be rolled back into the next one of that name. */
function removeCompanions(location: DatabaseLocation): void {
  for (const suffix of ['-journal', '-wal', '-shm']) rmSync(location.path + suffix, { force: true })
}
