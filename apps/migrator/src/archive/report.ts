import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'

/** Sums up an archiving; the command shows it to people or machines. */
export const archiveReport: Step = {
  name: 'report',
  run: async (_context, state) => {
    const archived = need(state as State, 'certificate').preservation.filter((table) => table.archived > 0)
    return { summary: archived.map(({ table, archived: rows }) => `${table}: ${rows}`).join(', ') }
  },
}
