import { quoteName } from '../../sqlite/connection.ts'
import { type Affinity, listedColumns } from '../columns.ts'
import { declaredFor, lineAbout, survivingTables } from '../lookup.ts'
import { plainColumn } from '../rebuild.ts'
import type { Rule } from '../rule.ts'
import { lineOfName } from '../statement.ts'

/**
 * A column gets a type that cannot hold all of its values.
 * Only what SQLite would convert counts: a type that is called otherwise and stores the same is no change.
 */
export const lossyTypeChange: Rule = {
  name: 'lossy-type-change',
  *check(subject) {
    for (const { table, now } of survivingTables(subject)) {
      const before = new Map(listedColumns(table).map((column) => [column.name, column]))
      const rebuild = subject.rebuilds.find((each) => each.table === table.name.toLowerCase())
      for (const column of listedColumns(now)) {
        const old = before.get(column.name)
        if (old === undefined || declaredFor(subject, table.name)?.changed.includes(column.name) === true) continue
        const value = rebuild?.filledWith.get(column.name)
        const cast = value?.some((token) => token.text.toLowerCase() === 'cast') === true
        // A value that is computed is for "undeclared-data-change"; a CAST is told here, because it looks harmless.
        if (value !== undefined && plainColumn(value) === null && !cast) continue
        const loss = cast ? { why: 'CAST makes a number, if only 0, of every text, and cuts fractions', rows: null } : lossOf(old.affinity, column.affinity, quoteName(column.name))
        if (loss === null) continue
        const { data } = subject
        const rows = loss.rows === null || data?.knows(table.name, [column.name]) !== true || data.changedBefore(table.name.toLowerCase()) ? null : data.rowsWhere(table.name, loss.rows)
        if (rows === 0) continue
        yield {
          severity: 'error',
          line: rebuild === undefined ? lineAbout(subject, table.name, column.name) : lineOfName(rebuild.create, column.name),
          message: `${table.name}.${column.name} was ${old.type || 'without a type'} and becomes ${column.type || 'without a type'}: ${loss.why}${rows === null ? '' : ` (${rows} ${rows === 1 ? 'row' : 'rows'} here)`}. Keep the type, or put the new values into a new column; where the change is meant, declare the column in preserve.json.`,
          fix: `${column.name} ${old.type}`,
        }
      }
    }
  },
}

/** What a change of affinity loses, and in which rows. */
function lossOf(from: Affinity, to: Affinity, column: string): { why: string; rows: string } | null {
  if (from === to || to === 'blob') return null
  const isNumber = to === 'integer' || to === 'real' || to === 'numeric'
  if (isNumber && (from === 'text' || from === 'blob')) {
    // SQLite converts a text that reads as a number, and leaves all others.
    return { why: 'texts such as 007 or 1.50 become other numbers', rows: `typeof(${column}) = 'text' AND CAST(${column} AS NUMERIC) = CAST(${column} AS TEXT) AND CAST(CAST(${column} AS NUMERIC) AS TEXT) <> CAST(${column} AS TEXT)` }
  }
  if (to === 'real') return { why: 'whole numbers beyond 2^53, Discord ids among them, lose their last digits', rows: `typeof(${column}) = 'integer' AND CAST(CAST(${column} AS REAL) AS INTEGER) <> ${column}` }
  if (to === 'text') return { why: 'numbers become texts, which sort and compare otherwise (10 before 9)', rows: `typeof(${column}) IN ('integer', 'real')` }
  return null
}
