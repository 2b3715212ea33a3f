import type { Connection } from '../connection.ts'

/** The version that the database says it has; null where it is none of ours. */
export function schemaVersion(db: Connection): number | null {
  const known = db.get(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_version'`)
  if (known === undefined) return null
  return db.get<{ version: number | null }>('SELECT max(version) AS version FROM schema_version')?.version ?? null
}
