import { derivedTables } from '@trivia/database/derived'
import { isInternal } from '../../structure/tables.ts'
import type { Draft } from '../finding.ts'
import { cascadesTo, foreignKeysOn } from '../foreign-keys.ts'
import { declaredFor, ownTables, tableOf } from '../lookup.ts'
import { plainColumn, type Rebuild } from '../rebuild.ts'
import type { Rule, Subject } from '../rule.ts'
import { lineOfName, type LintStatement } from '../statement.ts'

/**
 * Rows are written that preserve.json does not name.
 * The proof of rows would refuse it after the fact; here it costs nothing yet.
 */
export const undeclaredDataChange: Rule = {
  name: 'undeclared-data-change',
  *check(subject) {
    const own = ownTables(subject)
    const copies = new Set(subject.rebuilds.map((rebuild) => rebuild.insert))
    for (const statement of subject.statements) {
      const { action } = statement
      if (action.kind !== 'insert' && action.kind !== 'update' && action.kind !== 'delete') continue
      const isCopy = [...copies].some((copy) => copy === statement)
      if (isCopy || own.has(action.table) || isInternal(action.table) || derivedTables.includes(action.table)) continue
      yield* written(subject, statement)
    }
    for (const rebuild of subject.rebuilds) yield* rebuilt(subject, rebuild)
  },
}

function* written(subject: Subject, statement: LintStatement): Generator<Draft> {
  const { action, line } = statement
  if (action.kind === 'insert') {
    const declared = declaredFor(subject, action.table)
    const isVersion = action.table === 'schema_version' && !action.replaces
    if (!isVersion && (declared?.added ?? 0) === 0) yield undeclared(action.table, line, 'rows are added to', '"added": "any"')
    if (action.replaces && declared === undefined) yield undeclared(action.table, line, 'rows may be replaced in', '"changed": ["…"]')
  }
  if (action.kind === 'delete') {
    if ((declaredFor(subject, action.table)?.lost ?? 0) === 0) yield undeclared(action.table, line, 'rows are deleted from', '"lost": "any"')
    const children = foreignKeysOn(subject, statement).on ? cascadesTo(subject.before, action.table) : []
    // Whether rows go with it depends on the rows: a warning is enough.
    for (const child of children) if (declaredFor(subject, child) === undefined && !derivedTables.includes(child)) yield { ...undeclared(child, line, `with rows of ${action.table} their rows may go or change in`, '"lost": "any"'), severity: 'warning' }
  }
  if (action.kind === 'update') {
    const columns = changedBy(subject, action.table, action.sets)
    if (columns.length > 0) yield undeclared(action.table, line, `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are'} changed in`, `"changed": ${JSON.stringify(columns)}`)
  }
}

/** The columns among those that are written that held values before and are not declared. */
function changedBy(subject: Subject, table: string, sets: readonly string[]): string[] {
  const before = tableOf(subject.before, table)?.parts.columns
  const declared = new Set(declaredFor(subject, table)?.changed.map((column) => column.toLowerCase()))
  return [...new Set(sets)].filter((column) => before?.has(column) === true && !declared.has(column))
}

function* rebuilt(subject: Subject, rebuild: Rebuild): Generator<Draft> {
  const { table, create, insert, filledWith, everyRow } = rebuild
  const old = tableOf(subject.before, table)
  if (old === undefined) return
  if (!everyRow && (declaredFor(subject, table)?.lost ?? 0) === 0) {
    yield undeclared(table, insert?.line ?? create.line, insert === undefined ? 'the rebuild copies no row of' : 'the copy leaves rows out of, or joins', '"lost": "any"')
  }
  const copied = [...filledWith].filter(([column, value]) => plainColumn(value) !== column).map(([column]) => column)
  const left = insert === undefined ? [] : [...tableOf(subject.after, table)?.parts.columns.keys() ?? []].filter((column) => !filledWith.has(column))
  const columns = changedBy(subject, table, [...copied, ...left])
  if (columns.length > 0) yield undeclared(table, insert === undefined ? create.line : lineOfName(insert, columns[0] ?? ''), `the rebuild writes other values into ${columns.join(', ')} of`, `"changed": ${JSON.stringify(columns)}`)
}

function undeclared(table: string, line: number, what: string, part: string): Draft {
  return {
    severity: 'error',
    line,
    message: `${what.charAt(0).toUpperCase()}${what.slice(1)} ${table}, and preserve.json does not say so: the deploy would refuse it.`,
    fix: `"tables": { "${table}": { ${part}, "why": "…" } }`,
  }
}
