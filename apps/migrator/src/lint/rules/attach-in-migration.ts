import type { Rule } from '../rule.ts'
import { shortSql, statementsOf } from '../statement.ts'

/**
 * ATTACH or DETACH: another file, which is neither backed up nor proven.
 * The copy that is migrated and proven is one file.
 */
export const attachInMigration: Rule = {
  name: 'attach-in-migration',
  *check({ statements }) {
    for (const statement of statementsOf(statements, 'attach')) {
      yield {
        severity: 'error',
        line: statement.line,
        message: `"${shortSql(statement)}": what happens in another file is in no backup, is not proven, and is done again by every rehearsal. Bring the rows in by INSERT … VALUES, or by a command of its own.`,
      }
    }
  },
}
