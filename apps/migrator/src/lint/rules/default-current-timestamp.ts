import type { Catalog } from '../../structure/catalog.ts'
import { lineAbout, tableOf } from '../lookup.ts'
import type { Rule } from '../rule.ts'

const SECONDS = /\bdefault (?:\( )?(?:current_timestamp|datetime \( 'now')/i
const OTHER = /\bdefault \( strftime \( ('[^']*')/i

/**
 * DEFAULT CURRENT_TIMESTAMP where other times are of another format.
 * Times are texts: two formats in one database do not sort, and do not compare.
 */
export const defaultCurrentTimestamp: Rule = {
  name: 'default-current-timestamp',
  *check(subject) {
    const format = otherFormat(subject.after)
    if (format === undefined) return
    for (const table of subject.after.tables.values()) {
      for (const [column, definition] of table.parts.columns) {
        const isOld = tableOf(subject.before, table.name)?.parts.columns.get(column) === definition
        if (isOld || !SECONDS.test(definition)) continue
        yield {
          severity: 'error',
          line: lineAbout(subject, table.name, column),
          message: `${table.name}.${column} would get times such as 2026-06-01 12:00:00; the others of this database are ${format.replaceAll("'", '')}. As texts the two do not compare: a space sorts before a T.`,
          fix: `${column} ${definition.split(' ', 1)[0]?.toUpperCase() ?? 'TIMESTAMP'}${/\bnot null\b/.test(definition) ? ' NOT NULL' : ''} DEFAULT (strftime(${format}, 'now'))`,
        }
      }
    }
  },
}

function otherFormat(catalog: Catalog): string | undefined {
  for (const table of catalog.tables.values()) {
    for (const definition of table.parts.columns.values()) {
      const format = OTHER.exec(definition)?.[1]
      if (format !== undefined && format !== "'%Y-%m-%d %H:%M:%S'") return format
    }
  }
  return undefined
}
