import { type Connection, count } from '../sqlite/connection.ts'
import type { Migration } from './folder.ts'

/** One row of Prisma's ledger, `_prisma_migrations`. */
export interface LedgerRow {
  readonly id: string
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
  readonly rolledBack: boolean
  readonly logs: string | null
}

/** What the ledger says of the folder's migrations. */
export interface LedgerState {
  /** Whether the database has a ledger at all. */
  readonly present: boolean
  readonly applied: readonly string[]
  readonly pending: readonly Migration[]
  /** Applied, and the file is another one now. */
  readonly edited: readonly string[]
  /** Applied, and not in the folder any more. */
  readonly missing: readonly string[]
  /** Started by a bare `prisma migrate deploy` and never finished. */
  readonly unfinished: readonly LedgerRow[]
}

/** Reads Prisma's ledger; undefined where there is none. */
export function readLedger(connection: Connection): LedgerRow[] | undefined {
  if (count(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '_prisma_migrations'") === 0) return undefined
  const rows = connection
    .prepare('SELECT id, migration_name, checksum, finished_at, rolled_back_at, logs FROM _prisma_migrations ORDER BY started_at, migration_name')
    .all() as { id: string; migration_name: string; checksum: string; finished_at: unknown; rolled_back_at: unknown; logs: string | null }[]
  return rows.map((row) => ({
    id: row.id,
    name: row.migration_name,
    checksum: row.checksum,
    finished: row.finished_at !== null,
    rolledBack: row.rolled_back_at !== null,
    logs: row.logs,
  }))
}

/** Compares the ledger with the folder, as `prisma migrate status` does, and the files' checksums, which it does not. */
export function compareLedger(rows: readonly LedgerRow[] | undefined, migrations: readonly Migration[]): LedgerState {
  const current = (rows ?? []).filter((row) => !row.rolledBack)
  const finished = new Map(current.filter((row) => row.finished).map((row) => [row.name, row]))
  const names = new Set(migrations.map((migration) => migration.name))
  return {
    present: rows !== undefined,
    applied: [...finished.keys()].sort(),
    pending: migrations.filter((migration) => !finished.has(migration.name)),
    edited: migrations.filter((migration) => isEdited(migration, finished.get(migration.name))).map((migration) => migration.name),
    missing: [...finished.keys()].filter((name) => !names.has(name)).sort(),
    unfinished: current.filter((row) => !row.finished),
  }
}

function isEdited(migration: Migration, row: LedgerRow | undefined): boolean {
  return row !== undefined && !migration.checksumVariants.has(row.checksum)
}

/** The newest version that the database says it has; null without a schema_version table or row. */
export function readVersion(connection: Connection): number | null {
  if (count(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'") === 0) return null
  const version = connection.prepare('SELECT max(version) FROM schema_version').pluck().get()
  return typeof version === 'bigint' || typeof version === 'number' ? Number(version) : null
}
