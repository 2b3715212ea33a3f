import type { Context } from '../pipeline/context.ts'
import type { Problem } from './problem.ts'

/** At most so many dangling rows are listed. */
const MOST = 20

/** Damages of the candidate's file, and foreign_key_check. */
export async function fileProblems({ runTask }: Context, file: string): Promise<Problem[]> {
  const damages = await runTask('freshIntegrity', { file })
  const dangling = await runTask('foreignKeys', { file })
  return [
    ...damages.map((text) => ({ code: 'CANDIDATE_DAMAGED', text })),
    ...dangling.slice(0, MOST).map((row) => ({
      code: 'FOREIGN_KEYS_BROKEN',
      text: `${row.table} row ${row.rowid ?? '?'} belongs to a row that is not in ${row.parent}`,
    })),
  ]
}
