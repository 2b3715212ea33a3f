import { droppedBecause, ownTables, tableOf } from '../lookup.ts'
import type { Rule } from '../rule.ts'
import { statementsOf } from '../statement.ts'

/**
 * A table or column gets another name under the running bot.
 * For whoever uses the old name, and for the comparison of rows, a renamed thing is gone.
 */
export const renameTableOrColumn: Rule = {
  name: 'rename-table-or-column',
  *check(subject) {
    const own = ownTables(subject)
    for (const { action, line } of statementsOf(subject.statements, 'rename-table')) {
      if (own.has(action.table) || tableOf(subject.after, action.table) !== undefined) continue
      // The second half of a rebuild that moves the old table away first.
      if (tableOf(subject.after, action.to) === undefined) continue
      const why = droppedBecause(subject, 'table', action.table)
      yield {
        severity: why === undefined ? 'error' : 'warning',
        line,
        message: `The table ${action.table} is called ${action.to} from here on: a bot of before finds it no more${why === undefined ? ', and the proof of rows takes it for dropped. Keep the old name, or leave a view of that name behind for one release' : ` (preserve.json: ${why})`}.`,
        fix: `ALTER TABLE ${action.table} RENAME TO ${action.to};\nCREATE VIEW ${action.table} AS SELECT * FROM ${action.to};`,
      }
    }
    for (const { action, line } of statementsOf(subject.statements, 'rename-column')) {
      if (own.has(action.table)) continue
      const why = droppedBecause(subject, 'column', `${action.table}.${action.column}`)
      const type = tableOf(subject.before, action.table)?.parts.columns.get(action.column)?.split(' ', 1)[0]?.toUpperCase() ?? 'TEXT'
      yield {
        severity: why === undefined ? 'error' : 'warning',
        line,
        message: `The column ${action.table}.${action.column} is called ${action.to} from here on: a bot of before fails at it${why === undefined ? ', and the proof of rows takes it for dropped. Add the new column, write both for one release, and drop the old one later' : ` (preserve.json: ${why})`}.`,
        fix: `ALTER TABLE ${action.table} ADD COLUMN ${action.to} ${type};\nUPDATE ${action.table} SET ${action.to} = ${action.column} WHERE ${action.column} IS NOT NULL;`,
      }
    }
  },
}
