import Sqlite from 'better-sqlite3'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DataOverview } from '../shared/status.ts'
import { shortPath } from './locations.ts'

/** Counts what is in the database; it is opened for the moment only, so that no deploy waits for it. */
export function dataOverview(database: string, prismaDir: string): DataOverview {
  const connection = new Sqlite(database, { readonly: true, timeout: 2_000 })
  try {
    const names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name").pluck().all() as string[]
    const countOf = (name: string): number => connection.prepare(`SELECT count(*) FROM "${name.replaceAll('"', '""')}"`).pluck().get() as number
    const applied = namesIn(connection)
    return {
      database: shortPath(database), bytes: statSync(database).size, version: versionIn(connection),
      migrations: { applied: applied.length, pending: migrationNames(prismaDir).filter((name) => !applied.includes(name)).length },
      tables: names.map((name) => ({ name, rows: countOf(name) })),
    }
  } finally {
    connection.close()
  }
}

/** The migrations that a database has had; none where there is no database. */
export function appliedMigrations(database: string): string[] {
  return inDatabase(database, namesIn) ?? []
}

export function schemaVersion(database: string): number | null {
  return inDatabase(database, versionIn)
}

function inDatabase<T>(database: string, read: (connection: Sqlite.Database) => T): T | null {
  if (!existsSync(database)) return null
  const connection = new Sqlite(database, { readonly: true, timeout: 2_000 })
  try {
    return read(connection)
  } finally {
    connection.close()
  }
}

function has(connection: Sqlite.Database, table: string): boolean {
  return connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined
}

function namesIn(connection: Sqlite.Database): string[] {
  return has(connection, '_prisma_migrations') ? connection.prepare('SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL').pluck().all() as string[] : []
}

function versionIn(connection: Sqlite.Database): number | null {
  return has(connection, 'schema_version') ? connection.prepare('SELECT max(version) FROM schema_version').pluck().get() as number | null : null
}

function migrationNames(prismaDir: string): string[] {
  return readdirSync(join(prismaDir, 'migrations'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name)
}
