import type { Rule } from '../rule.ts'
import { shortSql, statementsOf } from '../statement.ts'

/** The two that Prisma writes around a rebuild. */
const ALLOWED = new Set(['foreign_keys', 'defer_foreign_keys'])

/**
 * A PRAGMA other than foreign_keys and defer_foreign_keys, or foreign keys that are left off.
 * PRAGMAs belong to a file or a connection, not to the structure, and neither is the migration's.
 */
export const pragmaInMigration: Rule = {
  name: 'pragma-in-migration',
  *check({ statements }) {
    const pragmas = statementsOf(statements, 'pragma')
    for (const statement of pragmas) {
      if (ALLOWED.has(statement.action.name)) continue
      yield {
        severity: 'error',
        line: statement.line,
        message: `"${shortSql(statement)}": a migration may change structure and rows, not the file or the connection, which later migrations use as well. Leave it out.`,
      }
    }
    const last = pragmas.findLast((statement) => statement.action.name === 'foreign_keys' && statement.action.value !== null)
    if (last !== undefined && ['off', '0', 'false', 'no'].includes(last.action.value ?? '')) {
      yield { severity: 'warning', line: last.line, message: 'Foreign keys stay off for the migrations that follow on the same connection.', fix: 'PRAGMA foreign_keys=ON;' }
    }
  },
}
