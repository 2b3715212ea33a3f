import type { Rule } from '../rule.ts'

/**
 * A migration that the database has, and whose file is another one now.
 * The database has what the file said then; what it says now would never be done there.
 */
export const changedAppliedFile: Rule = {
  name: 'changed-applied-file',
  always: true,
  *check({ migration, ledger }) {
    if (ledger?.edited.has(migration.name) !== true) return
    yield {
      severity: 'error',
      line: 1,
      message: 'The file was changed after it had been applied: its checksum is not the one in the ledger, and the deploy refuses it. Bring the old text back from version control, and put the change into a new migration.',
    }
  },
}
