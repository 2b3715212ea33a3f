import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, refuse } from '../errors.ts'

/**
 * Whether a command can work with this path: a regular file or nothing, and for writing in a folder, both writable. Permission
 * bits count for root as well: who takes the write bits off a database means it.
 *
 * @throws MigratorError with exit 3
 */
export function assertDatabasePlace(database: string, use: 'read' | 'write' = 'write'): void {
  const stat = statSync(database, { throwIfNoEntry: false })
  if (stat !== undefined && !stat.isFile()) {
    throw refuse({
      code: 'NOT_A_FILE',
      what: `${database} is not a file.`,
      why: stat.isDirectory() ? 'There is a directory in its place.' : 'It is a device, socket or pipe.',
      next: 'Name the database with --database PATH.',
    })
  }
  if (use === 'read') return
  if (stat !== undefined) assertWritable(database, 'database')
  const folder = nearestFolder(dirname(database))
  const folderStat = statSync(folder)
  if (!folderStat.isDirectory()) {
    throw refuse({
      code: 'NOT_A_FOLDER',
      what: `${folder} is not a folder.`,
      why: `The database should be ${database}.`,
      next: 'Name another place with --database PATH.',
    })
  }
  assertWritable(folder, 'folder')
}

/** @throws MigratorError READ_ONLY (exit 3) when a file or folder cannot be, or is not meant to be, written. */
export function assertWritable(path: string, what: 'database' | 'folder'): void {
  const marked = (statSync(path).mode & 0o222) === 0
  try {
    accessSync(path, constants.W_OK)
    if (!marked) return
  } catch (error) {
    if (codeOf(error) !== 'EACCES' && codeOf(error) !== 'EROFS' && codeOf(error) !== 'EPERM') throw error
  }
  throw refuse({
    code: 'READ_ONLY',
    what: `The ${what} ${path} cannot be written.`,
    why: marked ? 'Its permissions allow nobody to write.' : 'This user may not write there, or the file system is read-only.',
    next: `Allow it with "chmod u+w ${path}", or run as the user that the bot runs as.`,
  })
}

function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}

/** Whether a file has no byte, and no write-ahead log that has some: to SQLite that is a database without any table. */
export function isEmptied(database: string): boolean {
  const size = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return existsSync(database) && size(database) + size(`${database}-wal`) === 0
}

/** @throws MigratorError DATABASE_MISSING or NOT_A_FILE (exit 3) */
export function assertDatabaseThere(database: string): void {
  if (!existsSync(database)) {
    throw refuse({
      code: 'DATABASE_MISSING',
      what: `There is no database ${database}.`,
      why: 'The file does not exist.',
      next: 'Make it with "migrator deploy", bring one back with "migrator restore", or name another with --database PATH.',
    })
  }
  assertDatabasePlace(database, 'read')
}
