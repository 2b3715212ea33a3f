import { quoteName } from '../../sqlite/connection.ts'
import { listedColumns, type ListedColumn } from '../columns.ts'
import type { Draft } from '../finding.ts'
import { lineAbout, ownTables, survivingTables, tableOf } from '../lookup.ts'
import { plainColumn } from '../rebuild.ts'
import type { Rule, Subject } from '../rule.ts'
import { lineOfName, statementsOf } from '../statement.ts'

/**
 * A column becomes NOT NULL, or comes as NOT NULL, and existing rows have no value for it.
 * Where no database is at hand, a table that was there before is taken to have rows.
 */
export const notNullWithoutDefault: Rule = {
  name: 'not-null-without-default',
  *check(subject) {
    yield* addedColumns(subject)
    for (const { table, now } of survivingTables(subject)) {
      const before = listedColumns(table)
      for (const column of listedColumns(now)) {
        const old = before.find((each) => each.name === column.name)
        if (!column.notNull || old?.notNull === true) continue
        const draft = old === undefined ? unfilled(subject, table.name, column) : tightened(subject, table.name, column)
        if (draft !== null) yield draft
      }
    }
  },
}

function* addedColumns(subject: Subject): Generator<Draft> {
  const own = ownTables(subject)
  for (const statement of statementsOf(subject.statements, 'add-column')) {
    const { table, column, definition } = statement.action
    const words = definition.map((token) => token.text.toLowerCase())
    const isNotNull = words.some((word, at) => word === 'not' && words[at + 1] === 'null')
    const standard = words.indexOf('default')
    if (!isNotNull || (standard !== -1 && words[standard + 1] !== 'null') || words.includes('generated') || own.has(table)) continue
    const type = definition[0]?.text ?? 'TEXT'
    yield {
      severity: severityFor(subject, table),
      line: lineOfName(statement, column),
      message: `The rows of ${table} would have no value for ${column}; SQLite refuses this where there are rows. Give a default, or add the column without NOT NULL and fill it.`,
      fix: `ALTER TABLE ${table} ADD COLUMN ${column} ${type} NOT NULL DEFAULT ${/INT|REAL|NUM|BOOL|DEC|FLOA|DOUB/i.test(type) ? '0' : "''"};`,
    }
  }
}

/** A rebuild with a new column that the copy leaves out. */
function unfilled(subject: Subject, table: string, column: ListedColumn): Draft | null {
  const rebuild = subject.rebuilds.find((each) => each.table === table.toLowerCase())
  const wasRenamed = statementsOf(subject.statements, 'rename-column').some(({ action }) => action.to === column.name)
  if (rebuild?.insert === undefined || wasRenamed || column.hasDefault || column.isRowid || rebuild.filledWith.has(column.name)) return null
  return {
    severity: severityFor(subject, table),
    line: lineOfName(rebuild.create, column.name),
    message: `The copy of ${table} gives ${column.name} no value, and it is NOT NULL without a default. Give it a default, or a value in the SELECT.`,
    fix: `${column.name} … NOT NULL DEFAULT …`,
  }
}

/** A column that was there may hold NULL; a value in the SELECT that is more than the column is taken to take care of it. */
function tightened(subject: Subject, table: string, column: ListedColumn): Draft | null {
  const rebuild = subject.rebuilds.find((each) => each.table === table.toLowerCase())
  const value = rebuild?.filledWith.get(column.name)
  if (value !== undefined && plainColumn(value) === null) return null
  const source = value === undefined ? column.name : plainColumn(value) ?? column.name
  const { data } = subject
  const known = data?.knows(table, [source]) === true
  const nulls = known ? data.rowsWhere(table, `${quoteName(source)} IS NULL`) : null
  if (nulls === 0 && data?.changedBefore(table.toLowerCase()) !== true) return null
  const fills = statementsOf(subject.statements, 'update').some(({ action }) => action.table === table.toLowerCase() && action.sets.includes(source))
  if (fills && (nulls === null || nulls === 0)) return null
  return {
    severity: fills || nulls === null || nulls === 0 ? 'warning' : 'error',
    line: lineAbout(subject, table, column.name),
    message: `${table}.${column.name} becomes NOT NULL, ${nulls === null ? 'and rows may hold NULL (no database was at hand to look)' : `and ${nulls} ${nulls === 1 ? 'row holds' : 'rows hold'} NULL${fills ? ' now; the UPDATE has to reach them all' : ''}`}. Fill them first.`,
    fix: value === undefined ? `UPDATE ${table} SET ${source} = … WHERE ${source} IS NULL;` : `coalesce(${source}, …)`,
  }
}

function severityFor({ data, before }: Subject, table: string): 'error' | 'warning' {
  const isEmpty = tableOf(before, table) !== undefined && data?.knows(table) === true && !data.changedBefore(table) && !data.hasRows(table)
  return isEmpty ? 'warning' : 'error'
}
