import { codeOf } from '../errors.ts'

/** Whether SQLite said that another connection holds the lock that it needs. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error)
  return code?.startsWith('SQLITE_BUSY') === true || code?.startsWith('SQLITE_LOCKED') === true
}

/** Whether SQLite said that the file is damaged or no database at all. */
export function isCorrupt(error: unknown): boolean {
  const code = codeOf(error)
  return code?.startsWith('SQLITE_CORRUPT') === true || code === 'SQLITE_NOTADB'
}
