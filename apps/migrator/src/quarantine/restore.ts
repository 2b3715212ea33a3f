import { applicableRules, dateColumns, meantOptionSql, type Rule, timeColumns } from '@trivia/database/invariants'
import { LocalTimeReader } from '../adoption/local-time.ts'
import { messageOf } from '../errors.ts'
import { type Connection, count, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'
import { keySql, quarantinedTables } from './list.ts'
import { factColumns, quarantineTable } from './table.ts'

/** Which rows to bring back, and how they are mended first. */
export interface RestoreRequest {
  readonly table?: string
  /** Primary keys; all rows when empty. */
  readonly keys: readonly string[]
  /** New values, by column. They count only if the row can be brought back with them. */
  readonly set: Readonly<Record<string, string | null>>
}

export interface RestoreOutcome {
  readonly restored: Readonly<Record<string, number>>
  /** Rows that are still broken, and stay as they were. */
  readonly remaining: readonly { readonly table: string; readonly key: string; readonly reason: string }[]
}

/**
 * Brings rows back, parents before children. A row that still breaks a rule or a constraint stays in quarantine.
 * The caller holds a transaction; foreign keys must be on.
 */
export function restoreQuarantined(connection: Connection, request: RestoreRequest): RestoreOutcome {
  const rules = applicableRules(connection).filter((rule) => rule.severity === 'error')
  const restored: Record<string, number> = {}
  const remaining: { table: string; key: string; reason: string }[] = []
  for (const table of quarantinedTables(connection).filter((name) => request.table === undefined || name === request.table)) {
    const quarantine = quoteName(quarantineTable(table))
    const rows = connection.prepare(`SELECT rowid AS row, ${keySql(connection, table)} AS key FROM ${quarantine} ORDER BY rowid`).all() as { row: bigint; key: string }[]
    const own = rules.filter((rule) => rule.table === table)
    for (const { row, key } of rows.filter((each) => request.keys.length === 0 || request.keys.includes(each.key))) {
      const problem = restoreRow(connection, table, row, own, request.set)
      if (problem === null) restored[table] = (restored[table] ?? 0) + 1
      else remaining.push({ table, key, reason: problem })
    }
    if (count(connection, `SELECT count(*) FROM ${quarantine}`) === 0) connection.exec(`DROP TABLE ${quarantine}`)
  }
  return { restored, remaining }
}

/** One row, or nothing of it: a mended value does not stay in quarantine either when the row does. */
function restoreRow(connection: Connection, table: string, row: bigint, rules: readonly Rule[], set: RestoreRequest['set']): string | null {
  const quarantine = quoteName(quarantineTable(table))
  connection.exec('SAVEPOINT quarantined')
  try {
    for (const [column, value] of Object.entries(set)) {
      connection.prepare(`UPDATE ${quarantine} SET ${quoteName(column)} = ? WHERE rowid = ?`).run(value, row)
    }
    const converted = convertedValues(connection, table, row)
    const inQuarantine = new Set(listColumns(connection, quarantineTable(table)).map((column) => column.name))
    const columns = listColumns(connection, table).map((column) => column.name).filter((name) => inQuarantine.has(name))
    // The other values go from table to table inside SQLite: what JavaScript cannot hold stays as it is.
    const selected = columns.map((column) => (column in converted ? '?' : quoteName(column)))
    const { lastInsertRowid } = connection
      .prepare(`INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) SELECT ${selected.join(', ')} FROM ${quarantine} WHERE rowid = ?`)
      .run(...columns.filter((column) => column in converted).map((column) => converted[column]), row)
    for (const rule of rules) {
      const reason = connection.prepare(`SELECT ${rule.reason} FROM ${table} AS t WHERE t.rowid = ? AND (${rule.broken})`).pluck().get(lastInsertRowid) as string | undefined
      if (reason !== undefined) throw new Error(reason)
    }
    connection.prepare(`DELETE FROM ${quarantine} WHERE rowid = ?`).run(row)
    connection.exec('RELEASE quarantined')
    return null
  } catch (error) {
    connection.exec('ROLLBACK TO quarantined; RELEASE quarantined')
    return messageOf(error)
  }
}

/** The values of a row of the older system that go the way that adoption takes: UTC times, plain days, the answer's text. */
function convertedValues(connection: Connection, table: string, row: bigint): Record<string, unknown> {
  const facts = factColumns(listColumns(connection, table).map((column) => column.name))
  const values = connection.prepare(`SELECT * FROM ${quoteName(quarantineTable(table))} WHERE rowid = ?`).get(row) as Record<string, unknown>
  const zone = values[facts.legacy_timezone]
  if (typeof zone !== 'string') return {}
  const reader = new LocalTimeReader(table === 'users' ? zone : 'UTC')
  const converted: Record<string, unknown> = {}
  for (const column of timeColumns(table)) {
    const value = values[column]
    if (typeof value === 'string') converted[column] = reader.read(value)?.text ?? value
  }
  for (const column of dateColumns(table)) {
    const value = values[column]
    if (typeof value === 'string') converted[column] = value.slice(0, 10)
  }
  return values.question_type === 'multiple_choice' ? { ...converted, ...convertedAnswer(connection, table, row) } : converted
}

function convertedAnswer(connection: Connection, table: string, row: bigint): Record<string, unknown> {
  const { meant, answer } = connection
    .prepare(`SELECT ${meantOptionSql} AS meant, CAST(t.correct_answer AS TEXT) AS answer FROM ${quoteName(quarantineTable(table))} AS t WHERE t.rowid = ?`)
    .get(row) as { meant: string | null; answer: string }
  if (meant !== null) return { correct_answer: meant }
  // An index that no option has would become a text that no option has.
  if (/^\s*[+-]?\d+\s*$/.test(answer)) throw new Error(`correct_answer is option ${answer}, which does not exist`)
  return {}
}
