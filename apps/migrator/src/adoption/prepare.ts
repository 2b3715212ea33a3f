import type { Migration } from '../migrations/folder.ts'
import type { Connection } from '../sqlite/connection.ts'
import { listColumns, listTables } from '../structure/tables.ts'
import { type Conversion, convertLegacyValues } from './convert.ts'

/** What was done to bring an older database in. */
export interface Adoption {
  readonly fromVersion: number
  readonly conversion: Conversion
  readonly completed: readonly string[]
}

/** Brings a database of the older system into the state that the migrations after its version expect. */
export function prepareLegacy(connection: Connection, baseline: readonly Migration[], legacyTimezone: string): Adoption {
  const version = baseline.length
  const completed = completeStructure(connection, version)
  return { fromVersion: version, conversion: convertLegacyValues(connection, legacyTimezone), completed }
}

/** What a careless hand left out: rows of schema_version, half of the guide's version 2. */
function completeStructure(connection: Connection, version: number): string[] {
  const completed: string[] = []
  const tables = new Set(listTables(connection))
  if (!tables.has('schema_version')) {
    connection.exec('CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)')
    completed.push('table schema_version')
  }
  for (let number = 1; number <= version; number++) {
    const { changes } = connection.prepare('INSERT OR IGNORE INTO schema_version (version) VALUES (?)').run(number)
    if (changes > 0) completed.push(`schema_version ${number}`)
  }
  if (version < 2) return completed
  if (!listColumns(connection, 'users').some((column) => column.name === 'timezone')) {
    connection.exec("ALTER TABLE users ADD COLUMN timezone TEXT DEFAULT 'UTC'")
    completed.push('column users.timezone')
  }
  if (!tables.has('user_preferences')) {
    connection.exec(`CREATE TABLE user_preferences (user_id INTEGER PRIMARY KEY, theme TEXT DEFAULT 'default',
      notifications_enabled BOOLEAN DEFAULT TRUE, FOREIGN KEY (user_id) REFERENCES users (user_id) ON DELETE CASCADE)`)
    completed.push('table user_preferences')
  }
  return completed
}
