import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'

/** Sums up; the command shows it to people or machines. */
export const report: Step = {
  name: 'report',
  run: async (_context, state) => {
    const { versionFrom, reference } = need(state as State, 'preflight')
    return { summary: `${versionFrom === null ? 'a new database' : `version ${versionFrom}`} → version ${reference.version}` }
  },
}
