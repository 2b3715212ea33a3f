import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'

/** Whether a query is the engine's "which tables are there?", by which it tells an empty database (else P3005). */
export function listsTables(query: SqlQuery): boolean {
  return /^SELECT name AS table_name FROM sqlite_master\b/.test(query.sql)
}

/**
 * Leaves out SQLite's own tables. `sqlite_sequence` stays behind when the last AUTOINCREMENT table is dropped and
 * cannot be dropped itself; the engine would take it for somebody's data.
 */
export function withoutInternalTables(result: SqlResultSet): SqlResultSet {
  return { ...result, rows: result.rows.filter(([name]) => typeof name !== 'string' || !name.startsWith('sqlite_')) }
}
