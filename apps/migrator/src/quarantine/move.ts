import { applicableRules } from '@trivia/database/invariants'
import { type Connection, quoteName, quoteText } from '../sqlite/connection.ts'
import { listColumns, listTables, isQuarantine } from '../structure/tables.ts'
import { ensureQuarantineTable, quarantineTable } from './table.ts'

export interface QuarantineOptions {
  /** ISO 8601, UTC. */
  readonly now: string
  /** The zone of local times in the rows, for their way back; null where the rows are of version 3 or later. */
  readonly legacyTimezone: string | null
}

/**
 * Moves every row that breaks a rule into the quarantine of its table, and with it the rows that belong to it:
 * children follow their parent, whatever its foreign key would do on delete, so that nothing of them changes.
 * The connection must have foreign_keys off.
 *
 * @returns the rows moved, by table
 */
export function quarantineBrokenRows(connection: Connection, options: QuarantineOptions): Record<string, number> {
  connection.exec('CREATE TEMP TABLE broken (tbl TEXT NOT NULL, row INTEGER NOT NULL, rule TEXT NOT NULL, reason TEXT, PRIMARY KEY (tbl, row))')
  try {
    for (const rule of applicableRules(connection).filter(({ severity }) => severity === 'error')) {
      connection.exec(`INSERT OR IGNORE INTO temp.broken
        SELECT ${quoteText(rule.table)}, t.rowid, ${quoteText(rule.name)}, ${rule.reason} FROM ${rule.table} AS t WHERE ${rule.broken}`)
    }
    markDangling(connection)
    while (markChildren(connection) > 0);
    return moveMarked(connection, options)
  } finally {
    connection.exec('DROP TABLE temp.broken')
  }
}

/** Foreign keys of tables that no rule knows. */
function markDangling(connection: Connection): void {
  const insert = connection.prepare('INSERT OR IGNORE INTO temp.broken VALUES (?, ?, ?, ?)')
  const dangling = connection.pragma('foreign_key_check') as { table: string; rowid: bigint | null; parent: string }[]
  for (const { table, rowid, parent } of dangling) {
    if (rowid !== null) insert.run(table, rowid, 'foreign_key', `it belongs to a row that is not in ${parent}`)
  }
}

function markChildren(connection: Connection): number {
  let marked = 0
  for (const table of listTables(connection).filter((name) => !isQuarantine(name))) {
    const keys = connection.prepare('SELECT * FROM pragma_foreign_key_list(?)').all(table) as { table: string; from: string; to: string | null }[]
    for (const key of keys.filter((each) => each.to !== null)) {
      const parent = quoteName(key.table)
      const result = connection.prepare(`INSERT OR IGNORE INTO temp.broken
        SELECT ?, c.rowid, 'parent_in_quarantine', 'it belongs to ' || ? || ' ' || c.${quoteName(key.from)} || ', which is in quarantine (' || b.rule || ')'
        FROM temp.broken AS b
        JOIN ${parent} AS p ON p.rowid = b.row
        JOIN ${quoteName(table)} AS c ON c.${quoteName(key.from)} = p.${quoteName(key.to ?? '')}
        WHERE b.tbl = ?`).run(table, key.table, key.table)
      marked += result.changes
    }
  }
  return marked
}

function moveMarked(connection: Connection, options: QuarantineOptions): Record<string, number> {
  const moved: Record<string, number> = {}
  const tables = connection.prepare('SELECT DISTINCT tbl FROM temp.broken ORDER BY tbl').pluck().all() as string[]
  for (const table of tables) {
    ensureQuarantineTable(connection, table)
    const columns = listColumns(connection, table).map((column) => quoteName(column.name))
    const inserted = connection.prepare(`INSERT INTO ${quoteName(quarantineTable(table))} (${columns.join(', ')}, rule, reason, quarantined_at, legacy_timezone)
      SELECT ${columns.map((column) => `t.${column}`).join(', ')}, b.rule, b.reason, ?, ?
      FROM ${quoteName(table)} AS t JOIN temp.broken AS b ON b.tbl = ? AND b.row = t.rowid`).run(options.now, options.legacyTimezone, table)
    connection.prepare(`DELETE FROM ${quoteName(table)} WHERE rowid IN (SELECT row FROM temp.broken WHERE tbl = ?)`).run(table)
    moved[table] = inserted.changes
  }
  return moved
}
