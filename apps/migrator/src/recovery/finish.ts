import { quarantineBrokenRows } from '../quarantine/move.ts'
import { type Connection, count, quoteName, quoteText } from '../sqlite/connection.ts'
import { listColumns, listTables } from '../structure/tables.ts'
import type { Salvage } from './salvage.ts'

/**
 * Fills salvaged tables with the backup's rows. What was salvaged is newer and stays: by its key, and by everything
 * else that is unique. Only tables that have lost something are filled: of the others every row was read, and what
 * the backup has more was deleted since.
 *
 * @returns the rows that came, by table
 */
export function fillFromBackup(connection: Connection, backup: string, { tables }: Pick<Salvage, 'tables'>): Record<string, number> {
  connection.pragma('foreign_keys = OFF')
  connection.pragma('ignore_check_constraints = ON')
  connection.exec(`ATTACH ${quoteText(backup)} AS backup`)
  try {
    const there = new Set(listTables(connection, 'backup'))
    const damaged = tables.filter(({ table, rebuilt, lostPages, lostCells }) => !rebuilt && lostPages + lostCells > 0 && there.has(table))
    return Object.fromEntries(damaged.map(({ table }) => {
      const ofBackup = new Set(listColumns(connection, table, 'backup').map(({ name }) => name))
      const shared = listColumns(connection, table).map(({ name }) => name).filter((name) => ofBackup.has(name)).map(quoteName).join(', ')
      return [table, connection.prepare(`INSERT OR IGNORE INTO main.${quoteName(table)} (${shared}) SELECT ${shared} FROM backup.${quoteName(table)}`).run().changes]
    }))
  } finally {
    connection.exec('DETACH backup')
  }
}

/** What the connection keeps of a file in memory, in KiB: rows that go leave every index in another order. */
const CACHE_KB = 64_000

/** A table that rows without a row number are in, and the table that they belong to. */
const DEPENDENT: Readonly<Record<string, string>> = { channel_pools: 'question_buckets', channel_draws: 'question_buckets' }

/**
 * Completes the structure, and sets rows aside that break a rule or belong to rows that are lost. Nothing is written
 * safely: a file that did not come to its end is thrown away.
 *
 * @returns the rows set aside, by table
 */
export function finish(connection: Connection, { objects }: Pick<Salvage, 'objects'>, now: string): Record<string, number> {
  for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', `cache_size = -${CACHE_KB}`]) connection.pragma(pragma)
  const there = connection.prepare("SELECT name FROM sqlite_schema WHERE type <> 'table'").pluck().all() as string[]
  for (const { type, name, sql } of objects) if (type !== 'table' && !there.includes(name)) connection.exec(sql)
  connection.pragma('ignore_check_constraints = OFF')
  connection.pragma('foreign_keys = OFF')
  const tables = new Set(listTables(connection))
  for (const [table, parent] of Object.entries(DEPENDENT)) {
    if (tables.has(table) && tables.has(parent)) connection.exec(`DELETE FROM ${quoteName(table)} WHERE bucket_id NOT IN (SELECT id FROM ${quoteName(parent)})`)
  }
  return connection.transaction(() => quarantineBrokenRows(connection, { now, legacyTimezone: null }))()
}

/** The sum of all players' points, which is what they notice. */
export function pointsIn(connection: Connection, schema = 'main'): number {
  return listColumns(connection, 'users', schema).some(({ name }) => name === 'total_points') ? count(connection, `SELECT total(total_points) FROM ${quoteName(schema)}.users`) : 0
}
