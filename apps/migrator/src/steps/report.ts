import { need, type State } from '../pipeline/state.ts'
import { answerChecklist } from '../pipeline/checklist.ts'
import type { Step } from '../pipeline/steps.ts'

/** Sums up; the command shows it to people or machines. */
export const report: Step = {
  name: 'report',
  run: async (_context, state) => {
    const { versionFrom, versionTo } = need(state as State, 'preflight')
    return { summary: `${versionFrom === null ? 'a new database' : `version ${versionFrom}`} → version ${versionTo}` }
  },
}

/** The same for a rehearsal, which answers the guide's testing checklist. */
export const rehearsalReport: Step = {
  name: 'report',
  run: async (context, state) => ({ ...(await report.run(context, state)), checklist: answerChecklist(state) }),
}
