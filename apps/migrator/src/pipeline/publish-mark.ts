import { readLedger } from '../migrations/ledger.ts'
import { type Connection, count } from '../sqlite/connection.ts'

/** Rows that only the candidate has: where they are, its content is. */
export interface PublishMark {
  /** Of Prisma's ledger: the migrations that were applied. */
  readonly ledgerIds: readonly string[]
  /** Of archive_runs: an archiving applies no migration. */
  readonly archiveRun?: string
}

/** Whether a database has all of a candidate's own rows. Without any there is nothing to know it by. */
export function bearsMark(connection: Connection, { ledgerIds, archiveRun }: PublishMark): boolean {
  if (ledgerIds.length === 0 && archiveRun === undefined) return false
  const there = new Set((readLedger(connection) ?? []).map((row) => row.id))
  return ledgerIds.every((id) => there.has(id)) && (archiveRun === undefined || hasRun(connection, archiveRun))
}

/** A version from before the archives may have been restored meanwhile. */
function hasRun(connection: Connection, id: string): boolean {
  if (count(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'archive_runs'") === 0) return false
  return count(connection, 'SELECT count(*) FROM archive_runs WHERE id = ?', id) === 1
}
