import { findLosses } from '../../structure/losses.ts'
import type { Draft } from '../finding.ts'
import { droppedBecause, lineAbout, tableOf } from '../lookup.ts'
import type { Rule, Subject } from '../rule.ts'
import { statementsOf } from '../statement.ts'

/**
 * A table or column goes away with all that is in it.
 * A declared drop is still told: who reads the release has to know that it cannot be undone.
 */
export const dropTableOrColumn: Rule = {
  name: 'drop-table-or-column',
  *check(subject) {
    const renamed = renamedNames(subject)
    for (const loss of findLosses(subject.before, subject.after)) {
      if ((loss.type !== 'table' && loss.type !== 'column') || renamed.has(loss.name.toLowerCase())) continue
      const column = loss.type === 'column' ? loss.name.slice(loss.table.length + 1) : loss.table
      yield draftFor(subject, loss.type, loss.name, lineAbout(subject, loss.table, column))
    }
    for (const { type, name, line } of madeAgain(subject)) yield draftFor(subject, type, name, line)
  },
}

function draftFor(subject: Subject, type: 'table' | 'column', name: string, line: number): Draft {
  const why = droppedBecause(subject, type, name)
  return {
    severity: why === undefined ? 'error' : 'warning',
    line,
    message: why === undefined
      ? `The ${type} ${name} goes away, and its values with it; a bot of before would fail at once. Stop using it first, drop it in a later release, and declare it in preserve.json.`
      : `The ${type} ${name} goes away, as preserve.json says: ${why}. No bot that is still running may use it.`,
    fix: why === undefined ? `"dropped": [{ "type": "${type}", "name": "${name}", "why": "…" }]` : undefined,
  }
}

/** What is dropped and made again under its name, without its values: the structure does not tell. */
function madeAgain({ statements, rebuilds, before, after }: Subject): { type: 'table' | 'column'; name: string; line: number }[] {
  const tables = statementsOf(statements, 'drop')
    .filter((drop) => drop.action.type === 'table' && rebuilds.every((rebuild) => rebuild.drop !== drop))
    .filter(({ action }) => tableOf(before, action.name) !== undefined && tableOf(after, action.name) !== undefined)
    .map(({ action, line }) => ({ type: 'table' as const, name: action.name, line }))
  const columns = statementsOf(statements, 'drop-column')
    .filter(({ action }) => [before, after].every((catalog) => tableOf(catalog, action.table)?.parts.columns.has(action.column) === true))
    .map(({ action, line }) => ({ type: 'column' as const, name: `${action.table}.${action.column}`, line }))
  return [...tables, ...columns]
}

function renamedNames({ statements }: Subject): Set<string> {
  const columns = statementsOf(statements, 'rename-column').map(({ action }) => `${action.table}.${action.column}`)
  return new Set([...columns, ...statementsOf(statements, 'rename-table').map(({ action }) => action.table)])
}
