import { applicableRules, dateColumns, meantOptionSql, type Rule, timeColumns } from '@trivia/database/invariants'
import { LocalTimeReader } from '../adoption/local-time.ts'
import { messageOf } from '../errors.ts'
import { type Connection, count, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'
import { keyColumns, quarantinedTables } from './list.ts'
import { quarantineColumns, quarantineTable } from './table.ts'

/** Which rows to bring back, and how they are mended first. */
export interface RestoreRequest {
  readonly table?: string
  /** Primary keys; all rows when empty. */
  readonly keys: readonly string[]
  readonly set: Readonly<Record<string, string | null>>
}

export interface RestoreOutcome {
  readonly restored: Readonly<Record<string, number>>
  /** Rows that are still broken, and stay. */
  readonly remaining: readonly { readonly table: string; readonly key: string; readonly reason: string }[]
}

type Row = Record<string, unknown>

/**
 * Brings rows back, parents before children. A row that still breaks a rule or a constraint stays in quarantine.
 * The caller holds a transaction; foreign keys must be on.
 */
export function restoreQuarantined(connection: Connection, request: RestoreRequest): RestoreOutcome {
  const rules = applicableRules(connection).filter((rule) => rule.severity === 'error')
  const restored: Record<string, number> = {}
  const remaining: { table: string; key: string; reason: string }[] = []
  for (const table of quarantinedTables(connection).filter((name) => request.table === undefined || name === request.table)) {
    const key = keyColumns(connection, table)
    mend(connection, table, key, request)
    const rows = connection.prepare(`SELECT rowid AS "quarantine rowid", * FROM ${quoteName(quarantineTable(table))} ORDER BY rowid`).all() as Row[]
    for (const row of rows) {
      const name = key.map((column) => String(row[column])).join(', ')
      if (request.keys.length > 0 && !request.keys.includes(name)) continue
      const problem = restoreRow(connection, table, row, rules.filter((rule) => rule.table === table))
      if (problem === null) restored[table] = (restored[table] ?? 0) + 1
      else remaining.push({ table, key: name, reason: problem })
    }
    if (count(connection, `SELECT count(*) FROM ${quoteName(quarantineTable(table))}`) === 0) connection.exec(`DROP TABLE ${quoteName(quarantineTable(table))}`)
  }
  return { restored, remaining }
}

function mend(connection: Connection, table: string, key: readonly string[], { keys, set }: RestoreRequest): void {
  const columns = Object.keys(set)
  if (columns.length === 0) return
  const name = key.map((column) => `CAST(${quoteName(column)} AS TEXT)`).join(` || ', ' || `)
  const condition = keys.length === 0 ? '' : ` WHERE ${name} IN (${keys.map(() => '?').join(', ')})`
  const assignments = columns.map((column) => `${quoteName(column)} = ?`).join(', ')
  connection.prepare(`UPDATE ${quoteName(quarantineTable(table))} SET ${assignments}${condition}`).run(...Object.values(set), ...keys)
}

function restoreRow(connection: Connection, table: string, row: Row, rules: readonly Rule[]): string | null {
  connection.exec('SAVEPOINT quarantined')
  try {
    const values = typeof row.legacy_timezone === 'string' ? convert(connection, table, row, row.legacy_timezone) : row
    const columns = listColumns(connection, table)
      .map((column) => column.name)
      .filter((name) => name in values && !quarantineColumns.some((own) => own === name))
    const { lastInsertRowid } = connection
      .prepare(`INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      .run(...columns.map((column) => values[column]))
    for (const rule of rules) {
      const reason = connection.prepare(`SELECT ${rule.reason} FROM ${table} AS t WHERE t.rowid = ? AND (${rule.broken})`).pluck().get(lastInsertRowid) as string | undefined
      if (reason !== undefined) throw new Error(reason)
    }
    connection.prepare(`DELETE FROM ${quoteName(quarantineTable(table))} WHERE rowid = ?`).run(row['quarantine rowid'])
    connection.exec('RELEASE quarantined')
    return null
  } catch (error) {
    connection.exec('ROLLBACK TO quarantined; RELEASE quarantined')
    return messageOf(error)
  }
}

/** A row of the older system goes the way that adoption takes: UTC times, plain days, the answer's text. */
function convert(connection: Connection, table: string, row: Row, zone: string): Row {
  const local = new LocalTimeReader(zone)
  const utc = new LocalTimeReader('UTC')
  const values: Row = { ...row }
  for (const column of timeColumns(table)) {
    const value = row[column]
    if (typeof value === 'string') values[column] = (table === 'users' ? local : utc).read(value)?.text ?? value
  }
  for (const column of dateColumns(table)) {
    const value = row[column]
    if (typeof value === 'string') values[column] = value.slice(0, 10)
  }
  if (table === 'questions' && row.question_type === 'multiple_choice') {
    const meant = connection
      .prepare(`SELECT ${meantOptionSql} FROM (SELECT ? AS correct_answer, ? AS options) AS t`)
      .pluck()
      .get(row.correct_answer, row.options)
    // An index that no option has would be a text that no option has: it stays.
    if (meant === null && /^\s*[+-]?\d+\s*$/.test(String(row.correct_answer))) throw new Error(`correct_answer is option ${String(row.correct_answer)}, which does not exist`)
    values.correct_answer = meant ?? row.correct_answer
  }
  return values
}
