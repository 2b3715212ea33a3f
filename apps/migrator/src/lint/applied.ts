import { recogniseLegacy } from '../adoption/recognise.ts'
import type { Migration } from '../migrations/folder.ts'
import { compareLedger, readLedger } from '../migrations/ledger.ts'
import type { Connection } from '../sqlite/connection.ts'
import { listTables } from '../structure/tables.ts'
import type { AppliedMigrations } from './rule.ts'

/**
 * What a database has of the folder's migrations; null where it is empty. Other than a deploy this goes on with an
 * edited file: saying so is what lint is for.
 *
 * @throws MigratorError with exit 3 for a database that is not ours
 */
export function appliedMigrations(connection: Connection, database: string, folder: readonly Migration[]): AppliedMigrations | null {
  const { applied, edited, present } = compareLedger(readLedger(connection), folder)
  if (present && applied.length > 0) return { applied: new Set(applied), edited: new Set(edited) }
  if (listTables(connection).length === 0) return null
  const { baseline } = recogniseLegacy(connection, database, folder)
  return { applied: new Set(baseline.map((migration) => migration.name)), edited: new Set() }
}
