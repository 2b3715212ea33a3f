import { ColumnTypeEnum, isDriverAdapterError, type SqlQuery, type SqlResultSet } from '@prisma/driver-adapter-utils'

const TABLE = '_prisma_migrations'
const COLUMNS = ['id', 'checksum', 'finished_at', 'migration_name', 'logs', 'rolled_back_at', 'started_at', 'applied_steps_count']

/** Whether a query reads the migrations table. */
export function readsLedger(query: SqlQuery): boolean {
  return /^\s*SELECT\b/i.test(query.sql) && /\bFROM\s+[`"]?_prisma_migrations\b/i.test(query.sql)
}

/** Whether a query enters a row into the migrations table. */
export function writesLedger(query: SqlQuery): boolean {
  return /^\s*INSERT\s+INTO\s+[`"]?_prisma_migrations\b/i.test(query.sql)
}

/** Whether a query says in the migrations table that a migration is done. */
export function finishesMigration(query: SqlQuery): boolean {
  return /^\s*UPDATE\s+[`"]?_prisma_migrations[`"]?\s+SET\s+[`"]?finished_at\b/i.test(query.sql)
}

/** The migration that a row for the migrations table is about. */
export function migrationOf(insert: SqlQuery): string | undefined {
  const columns = /\(([^)]*)\)/.exec(insert.sql)?.[1]?.split(',').map((column) => column.replaceAll(/[`"\s]/g, ''))
  const name = insert.args[columns?.indexOf('migration_name') ?? -1]
  return typeof name === 'string' ? name : undefined
}

/** Whether an error says that there is no migrations table. */
export function saysLedgerMissing(error: unknown): boolean {
  return error instanceof Error && isDriverAdapterError(error) && error.cause.originalMessage === `no such table: ${TABLE}`
}

/** A migrations table without rows. */
export function emptyLedger(): SqlResultSet {
  return { columnNames: COLUMNS, columnTypes: COLUMNS.map(() => ColumnTypeEnum.Text), rows: [] }
}
