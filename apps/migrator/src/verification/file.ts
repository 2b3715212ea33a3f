import type { Context } from '../pipeline/context.ts'
import type { Problem } from './problem.ts'

/** At most so many dangling rows are listed. */
const MOST = 20

/** What is damaged in the candidate's file. */
export async function fileProblems({ runTask }: Context, file: string): Promise<Problem[]> {
  const damages = await runTask('freshIntegrity', { file })
  return damages.map((text) => ({ code: 'CANDIDATE_DAMAGED', text }))
}

/**
 * foreign_key_check of the candidate.
 *
 * @param tables those that it is asked of: see known.ts
 */
export async function foreignKeyProblems({ runTask }: Context, file: string, tables: readonly string[]): Promise<Problem[]> {
  if (tables.length === 0) return []
  const dangling = await runTask('foreignKeys', { file, tables })
  return dangling.slice(0, MOST).map((row) => ({
    code: 'FOREIGN_KEYS_BROKEN',
    text: `${row.table} row ${row.rowid ?? '?'} belongs to a row that is not in ${row.parent}`,
  }))
}
