import { ownTables } from '../lookup.ts'
import type { Rule } from '../rule.ts'
import { lineOfName, statementsOf } from '../statement.ts'

/**
 * ADD COLUMN with a default that is no constant.
 * It works on the empty database of a test, and fails on the first one that has rows.
 */
export const changingDefaultInAddColumn: Rule = {
  name: 'changing-default-in-add-column',
  *check(subject) {
    const own = ownTables(subject)
    for (const statement of statementsOf(subject.statements, 'add-column')) {
      const { table, column, definition } = statement.action
      const at = definition.findIndex((token) => token.kind === 'word' && token.text.toLowerCase() === 'default')
      const value = definition[at + 1]?.text.toLowerCase() ?? ''
      if (at === -1 || own.has(table) || !(value === '(' || value.startsWith('current_'))) continue
      yield {
        severity: 'error',
        line: lineOfName(statement, column),
        message: `SQLite adds no column with a default that it has to compute (${column}) to a table with rows. Add it without one, fill it, and let the writer give the value.`,
        fix: `ALTER TABLE ${table} ADD COLUMN ${column} ${definition[0]?.text ?? ''};`,
      }
    }
  },
}
