import { keepEverything, type PreserveDeclaration } from '../preservation/declaration.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { type Connection, count, quoteText, withDatabase } from '../sqlite/connection.ts'
import type { Problem } from '../verification/problem.ts'

/** What an archiving says that it has moved. */
export interface Moved {
  /** Whole rows, of all tables. */
  readonly rows: number
  /** Links of answers to their rounds. */
  readonly links: number
}

/** Reads what a run says that it has moved, from the copy that it was done in. */
export function readMoved(connection: Connection, run: string, linksBefore: number): Moved {
  return {
    rows: count(connection, 'SELECT rows_moved FROM archive_runs WHERE id = ?', run),
    links: countLinks(connection) - linksBefore,
  }
}

/** How many links of answers are in the archive. */
export function countLinks(connection: Connection): number {
  return count(connection, 'SELECT count(*) FROM answer_rounds_archive')
}

/**
 * What may happen to rows: besides moving whole rows into their archives, which the comparison of all rows sees by
 * itself, answers lose the link to their round, which is kept elsewhere; and the run writes itself down.
 */
export function archiveDeclaration({ links }: Moved): PreserveDeclaration {
  return {
    ...keepEverything,
    tables: {
      ...(links === 0 ? {} : {
        answers: { changed: ['round_id'], lost: 0, added: 0, why: 'their rounds are in the archive' },
        answer_rounds_archive: { changed: [], lost: 0, added: links, why: 'which round an answer belonged to' },
      }),
      archive_runs: { changed: [], lost: 0, added: 1, why: 'this archiving' },
    },
  }
}

/**
 * What the comparison of rows cannot see: that each link which is gone is in the archive, as it was and with its
 * round; and that the run has counted as many rows as went into the archives.
 */
export function archiveProblems(snapshot: string, candidate: string, run: string, comparisons: readonly TableComparison[]): Problem[] {
  return withDatabase(candidate, { readonly: true }, (connection) => {
    connection.exec(`ATTACH ${quoteText(snapshot)} AS before`)
    const changed = comparisons.find(({ table }) => table === 'answers')?.changedColumns['round_id'] ?? 0
    const kept = count(connection, `SELECT count(*) FROM main.answer_rounds_archive AS l
      CROSS JOIN before.answers AS b ON b.id = l.answer_id AND b.round_id = l.round_id
      CROSS JOIN main.answers AS a ON a.id = b.id AND a.round_id IS NULL
      WHERE EXISTS (SELECT 1 FROM main.game_rounds_archive AS r WHERE r.id = l.round_id)`)
    const archived = comparisons.reduce((sum, table) => sum + table.archived, 0)
    const { rows } = readMoved(connection, run, 0)
    return [
      ...(changed === kept ? [] : [problem(`answers: ${changed} lost the link to their round, and the archive has ${kept} of these links`)]),
      ...(archived === rows ? [] : [problem(`archive_runs: ${rows} rows are said to be moved, and ${archived} are in the archives`)]),
    ]
  })
}

function problem(text: string): Problem {
  return { code: 'ROWS_NOT_PRESERVED', text }
}
