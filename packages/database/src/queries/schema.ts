import type { Reader } from '../connection.ts'

/** What a database says of itself. */
export interface SchemaState {
  readonly version: number
  /** Programs that were made for this version or a later one can work with it. */
  readonly servesFrom: number
}

/** The version that the database says it has, and whom it serves; null where it is none of ours. */
export function schemaState(db: Reader): SchemaState | null {
  const columns = db.all<{ name: string }>("SELECT name FROM pragma_table_info('schema_version')").map(({ name }) => name)
  if (columns.length === 0) return null
  // Versions before 11 serve nobody but programs that were made for them.
  const servesFrom = columns.includes('serves_from') ? 'coalesce(serves_from, version)' : 'version'
  return db.get<SchemaState>(`SELECT version, ${servesFrom} AS servesFrom FROM schema_version ORDER BY version DESC LIMIT 1`) ?? null
}

/** Parts of the game that need a part of the schema, and the version that brought it. */
const since = { archives: 11 } as const

export type SchemaFeature = keyof typeof since

/**
 * Whether the database has what a feature needs: one release serves the version before a migration and the one after
 * it. Asked within the transaction that uses the answer, since a deploy may publish at any moment.
 */
export function hasFeature(db: Reader, feature: SchemaFeature): boolean {
  return (schemaState(db)?.version ?? 0) >= since[feature]
}
