import type { Rule } from '../rule.ts'
import { shortSql, statementsOf } from '../statement.ts'

/**
 * BEGIN, COMMIT, ROLLBACK, SAVEPOINT or RELEASE inside of a migration.
 * A migration is applied to a copy, which is published as a whole or not at all: there is nothing to bracket.
 */
export const transactionControl: Rule = {
  name: 'transaction-control',
  *check({ statements }) {
    for (const statement of statementsOf(statements, 'transaction')) {
      yield {
        severity: 'error',
        line: statement.line,
        message: `"${shortSql(statement)}": a transaction of its own makes PRAGMA foreign_keys do nothing, so that a rebuild cascades; and one that stays open when a statement fails locks the file. Leave it out: the copy is published as a whole or not at all.`,
      }
    }
  },
}
