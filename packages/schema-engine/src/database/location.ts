import { resolve, basename } from 'node:path'
import { UserFacingError } from '../engine/errors.ts'

/** Where a SQLite connection string leads. */
export interface DatabaseLocation {
  /** An absolute path, or `:memory:`. */
  path: string
  /** The name that error messages use. */
  name: string
}

const IN_MEMORY = ':memory:'

/**
 * Reads a connection string as the native engine does: `file:` and a path, relative to the working folder
 * (the CLI starts the engine in the folder of the config file), then perhaps `?` and parameters.
 */
export function databaseLocation(url: string, workingFolder: string = process.cwd()): DatabaseLocation {
  const match = /^(?:file|sqlite):(?:\/\/(?=\/))?([^?]*)/.exec(url)
  const path = match?.[1]
  if (path === undefined || path === '') {
    throw new UserFacingError(
      'P1013',
      'The provided database string is invalid. This schema engine serves SQLite only: the URL must start with the protocol `file:` and name a file. ' +
        'Please refer to the documentation in https://www.prisma.io/docs/reference/database-reference/connection-urls for constructing a correct connection string.',
    )
  }
  if (path === IN_MEMORY) return { path, name: path }
  // file:///C:/… carries one slash too many for Windows.
  const local = process.platform === 'win32' ? path.replace(/^\/(?=[A-Za-z]:)/, '') : path
  return { path: resolve(workingFolder, local), name: basename(local) }
}

export function isInMemory(location: DatabaseLocation): boolean {
  return location.path === IN_MEMORY
}
