import { derivedClearing, derivedTables, derivedTriggers } from '@trivia/database/derived'
import { applicableRules } from '@trivia/database/invariants'
import { refuse } from '../errors.ts'
import { type Connection, quoteName, quoteText } from '../sqlite/connection.ts'
import { readCatalog } from '../structure/catalog.ts'
import { isQuarantine, listColumns, listTables, primaryKey } from '../structure/tables.ts'
import { ensureQuarantineTable, factColumns, quarantineTable } from './table.ts'

export interface QuarantineOptions {
  /** ISO 8601, UTC. */
  readonly now: string
  /** The zone of local times in the rows, for their way back; null where the rows are of version 3 or later. */
  readonly legacyTimezone: string | null
}

/**
 * Moves every row that breaks a rule into the quarantine of its table, and with it the rows that belong to it:
 * children follow their parent, whatever its foreign key would do on delete, so that nothing of them changes.
 * The connection must have foreign_keys off. Triggers are away meanwhile, so that nothing but the rows moves, except
 * those that keep derived tables: these follow.
 *
 * @returns the rows moved, by table
 * @throws MigratorError QUARANTINE_INCOMPLETE (exit 3) for rows that cannot be told apart by a row number
 */
export function quarantineBrokenRows(connection: Connection, options: QuarantineOptions): Record<string, number> {
  const triggers = [...readCatalog(connection).triggers.values()].filter(({ name }) => !derivedTriggers.includes(name))
  for (const trigger of triggers) connection.exec(`DROP TRIGGER ${quoteName(trigger.name)}`)
  connection.exec('CREATE TEMP TABLE broken (tbl TEXT NOT NULL, row INTEGER NOT NULL, rule TEXT NOT NULL, reason TEXT, PRIMARY KEY (tbl, row))')
  try {
    for (const rule of applicableRules(connection).filter(({ severity }) => severity === 'error')) {
      connection.exec(`INSERT OR IGNORE INTO temp.broken
        SELECT ${quoteText(rule.table)}, t.rowid, ${quoteText(rule.name)}, ${rule.reason} FROM ${rule.table} AS t WHERE ${rule.broken}`)
    }
    clearDerived(connection)
    markDangling(connection)
    while (markChildren(connection) > 0);
    const moved = moveMarked(connection, options)
    clearDerived(connection)
    assertNoneLeft(connection)
    return moved
  } finally {
    connection.exec('DROP TABLE temp.broken')
    for (const trigger of triggers) connection.exec(trigger.sql)
  }
}

/** Rows of derived tables go with what they are derived from. */
function clearDerived(connection: Connection): void {
  const tables = new Set(listTables(connection))
  for (const [table, sql] of Object.entries(derivedClearing)) if (tables.has(table)) connection.exec(sql)
}

/** Foreign keys of tables that no rule knows. Inside of SQLite: in a recovered file they can be millions. */
function markDangling(connection: Connection): void {
  connection.exec(`INSERT OR IGNORE INTO temp.broken
    SELECT "table", "rowid", 'foreign_key', 'it belongs to a row that is not in ' || parent FROM pragma_foreign_key_check WHERE "rowid" IS NOT NULL`)
}

function markChildren(connection: Connection): number {
  let marked = 0
  for (const table of listTables(connection).filter((name) => !isQuarantine(name) && !derivedTables.includes(name) && hasRowNumbers(connection, name))) {
    for (const { parent, columns } of foreignKeys(connection, table)) {
      const [first] = columns
      if (first === undefined) continue
      marked += connection.prepare(`INSERT OR IGNORE INTO temp.broken
        SELECT ?, c.rowid, 'parent_in_quarantine', 'it belongs to ' || ? || ' ' || c.${quoteName(first.from)} || ', which is in quarantine (' || b.rule || ')'
        FROM temp.broken AS b
        JOIN ${quoteName(parent)} AS p ON p.rowid = b.row
        JOIN ${quoteName(table)} AS c ON ${columns.map(({ from, to }) => `c.${quoteName(from)} = p.${quoteName(to)}`).join(' AND ')}
        WHERE b.tbl = ? COLLATE NOCASE`).run(table, parent, parent).changes
    }
  }
  return marked
}

/** A table's foreign keys to tables with row numbers; one that names no columns means the parent's primary key. */
function foreignKeys(connection: Connection, table: string): { parent: string; columns: { from: string; to: string }[] }[] {
  const rows = connection.prepare('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq').all(table) as { id: bigint; table: string; from: string; to: string | null }[]
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((key) => {
    const parent = key[0]?.table
    if (parent === undefined || !hasRowNumbers(connection, parent)) return []
    const parentKey = primaryKey(listColumns(connection, parent))
    const columns = key.map((row, index) => ({ from: row.from, to: row.to ?? parentKey[index] ?? 'rowid' }))
    return [{ parent, columns }]
  })
}

/** Tables made WITHOUT ROWID have none. */
function hasRowNumbers(connection: Connection, table: string): boolean {
  return connection.prepare('SELECT wr = 0 FROM pragma_table_list(?) WHERE schema = ?').pluck().get(table, 'main') === 1n
}

function moveMarked(connection: Connection, options: QuarantineOptions): Record<string, number> {
  const moved: Record<string, number> = {}
  const tables = connection.prepare('SELECT DISTINCT tbl FROM temp.broken ORDER BY tbl').pluck().all() as string[]
  for (const table of tables) {
    ensureQuarantineTable(connection, table)
    const names = listColumns(connection, table).map((column) => column.name)
    const columns = names.map(quoteName)
    const facts = factColumns(names)
    const inserted = connection.prepare(`INSERT INTO ${quoteName(quarantineTable(table))}
        (${[...columns, facts.rule, facts.reason, facts.quarantined_at, facts.legacy_timezone].join(', ')})
      SELECT ${columns.map((column) => `t.${column}`).join(', ')}, b.rule, b.reason, ?, ?
      FROM ${quoteName(table)} AS t JOIN temp.broken AS b ON b.tbl = ? AND b.row = t.rowid`).run(options.now, options.legacyTimezone, table)
    connection.prepare(`DELETE FROM ${quoteName(table)} WHERE rowid IN (SELECT row FROM temp.broken WHERE tbl = ?)`).run(table)
    moved[table] = inserted.changes
  }
  return moved
}

function assertNoneLeft(connection: Connection): void {
  const left = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  if (left.length === 0) return
  const tables = [...new Set(left.map((row) => `${row.table} (of ${row.parent})`))]
  throw refuse({
    code: 'QUARANTINE_INCOMPLETE',
    what: 'Some rows cannot be set aside.',
    why: `They are in tables without row numbers: ${tables.join(', ')}.`,
    next: 'Mend or remove these rows by hand, and deploy again.',
  })
}
