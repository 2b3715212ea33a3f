import type { Rule } from '../rule.ts'

/**
 * A statement that SQLite refuses after the migrations before it.
 * What fails where there are no rows in the way fails everywhere.
 */
export const failsOnEmptyDatabase: Rule = {
  name: 'fails-on-empty-database',
  always: true,
  *check({ failure }) {
    if (failure === null) return
    yield { severity: 'error', line: failure.statement.line, message: `SQLite refuses this statement on an empty database with the migrations before it: ${failure.why}.` }
  },
}
