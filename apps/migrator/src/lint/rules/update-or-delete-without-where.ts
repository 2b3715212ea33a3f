import { declaredFor, ownTables, tableOf } from '../lookup.ts'
import type { Rule, Subject } from '../rule.ts'
import { type LintStatement, shortSql } from '../statement.ts'

/**
 * UPDATE or DELETE of every row of a table.
 * Nearly always a WHERE was forgotten. Where all rows are meant, preserve.json says so.
 */
export const updateOrDeleteWithoutWhere: Rule = {
  name: 'update-or-delete-without-where',
  *check(subject) {
    const own = ownTables(subject)
    for (const statement of subject.statements) {
      const { action } = statement
      if ((action.kind !== 'update' && action.kind !== 'delete') || action.where || own.has(action.table) || action.table.startsWith('sqlite_')) continue
      const meant = isMeant(subject, statement)
      yield {
        severity: meant ? 'warning' : 'error',
        line: statement.line,
        message: meant
          ? `"${shortSql(statement)}" is for every row of ${action.table}. It is declared, or fills a new column; is it meant for the rows that are right already, too?`
          : `"${shortSql(statement)}" is for every row of ${action.table}. Say which ones with WHERE; if all are meant, declare it in preserve.json${action.kind === 'delete' ? ' with "lost": "any"' : ''}.`,
        fix: action.kind === 'update' ? `${statement.sql} WHERE ${action.sets[0] ?? '…'} IS NULL;` : `${statement.sql} WHERE …;`,
      }
    }
  },
}

function isMeant(subject: Subject, { action }: LintStatement): boolean {
  if (action.kind !== 'update' && action.kind !== 'delete') return false
  const declared = declaredFor(subject, action.table)
  if (action.kind === 'delete') return declared?.lost === 'any'
  const columns = tableOf(subject.before, action.table)?.parts.columns
  return action.sets.every((column) => columns?.has(column) !== true || declared?.changed.some((each) => each.toLowerCase() === column) === true)
}
