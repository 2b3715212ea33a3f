import { codeOf, messageOf, MigratorError, refuse } from '../errors.ts'

/**
 * Turns an error of the system or of SQLite that an operator can do something about into one that says so.
 * Anything else is a bug and stays what it is.
 */
export function explain(error: unknown, database: string): unknown {
  if (error instanceof MigratorError) return error
  const code = codeOf(error)
  if (code === undefined) return error
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return refuse({
      code: 'DISK_FULL',
      what: 'The disk is full.',
      why: `${messageOf(error)}. The database itself is as before.`,
      next: 'Make room (old backups: "migrator backup list"), or put backups elsewhere with --backup-dir DIR.',
    }, error)
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return refuse({
      code: 'NOT_A_FOLDER',
      what: 'A file is where a folder should be.',
      why: `${messageOf(error)}.`,
      next: 'Name another folder with --backup-dir DIR, or another database with --database PATH.',
    }, error)
  }
  if (code === 'SQLITE_NOTADB') {
    return refuse({
      code: 'NOT_A_DATABASE',
      what: `${database} is not a SQLite database.`,
      why: 'It does not begin like one: another kind of file, encrypted, or overwritten.',
      next: 'Name the right file with --database PATH, or bring a backup back with "migrator restore --latest"; "migrator recover" saves what an overwritten file still holds, into a new one.',
    }, error)
  }
  if (code.startsWith('SQLITE_CORRUPT')) return corrupt(database, [messageOf(error)], error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return refuse({
      code: 'READ_ONLY',
      what: 'A file or folder cannot be written.',
      why: `${messageOf(error)}.`,
      next: `Look at the permissions of ${database}, of its folder and of the backups' folder.`,
    }, error)
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return refuse({
      code: 'LIVE_BUSY',
      what: 'Another process keeps the database locked.',
      why: `${messageOf(error)}.`,
      next: `Find it with "fuser -v ${database}", let it end, and try again.`,
    }, error)
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return refuse({
      code: 'DISK_ERROR',
      what: `A file could not be read or written (${code}).`,
      why: `${messageOf(error)}.`,
      next: 'Look at the disk ("dmesg"), the free space and the permissions, and try again.',
    }, error)
  }
  return error
}

/** What is to be done about a damaged file. */
export const AFTER_DAMAGE = 'Look at the backups with "migrator backup list", then bring one back with "migrator restore --latest"; "migrator recover" saves what the file still holds, into a new one.'

/** The refusal for a damaged file. */
export function corrupt(database: string, problems: readonly string[], cause?: unknown): MigratorError {
  return refuse({
    code: 'DATABASE_CORRUPT',
    what: `${database} is damaged.`,
    why: problems[0] ?? 'SQLite cannot read it.',
    next: AFTER_DAMAGE,
    details: problems,
  }, cause)
}
