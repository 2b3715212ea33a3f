import { findAlters } from '../native-alter.ts'
import { tableOf } from '../lookup.ts'
import { plainColumn } from '../rebuild.ts'
import type { Rule } from '../rule.ts'

/**
 * A table is made anew for a change that ALTER TABLE can do.
 * A rebuild writes every row and index anew, and can lose what an ALTER leaves alone.
 */
export const rebuildWhereAlterDoes: Rule = {
  name: 'rebuild-where-alter-does',
  *check(subject) {
    for (const { table, create, filledWith, everyRow } of subject.rebuilds) {
      const before = tableOf(subject.before, table)
      const after = tableOf(subject.after, table)
      if (before === undefined || after === undefined || !everyRow) continue
      const renamed = new Map([...filledWith].flatMap(([column, value]) => {
        const source = plainColumn(value)
        return source !== null && source !== column && !after.parts.columns.has(source) && !before.parts.columns.has(column) ? [[source, column] as const] : []
      }))
      const computes = [...filledWith].some(([column, value]) => plainColumn(value) !== column && !renamed.has(plainColumn(value) ?? ''))
      const alters = computes ? null : findAlters(before, after, renamed)
      if (alters === null) continue
      yield {
        severity: 'warning',
        line: create.line,
        message: alters.length === 0
          ? `The rebuild of ${table} changes nothing in it: leave it out.`
          : `${table} is made anew, with all of its rows and indexes, for what ALTER TABLE does in place.`,
        fix: alters.length === 0 ? undefined : alters.join('\n'),
      }
    }
  },
}
