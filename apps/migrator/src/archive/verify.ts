import { failed, MigratorError, reportOf } from '../errors.ts'
import { need, type State } from '../pipeline/state.ts'
import { type Step, StepFailure } from '../pipeline/steps.ts'
import { verify as deployVerify } from '../steps/verify.ts'
import { notVerified } from '../verification/problem.ts'
import { archiveProblems } from './account.ts'

/** Proves the candidate as a deploy does, and that what it took apart is in the archives as a whole. */
export const archiveVerify: Step = {
  name: 'verify',
  run: async (context, state) => {
    try {
      const result = await deployVerify.run(context, state)
      const { path, archiveRun = '' } = need(state as State, 'candidate')
      const problems = archiveProblems(need(state as State, 'snapshot').path ?? '', path, archiveRun, result.findings?.preservation ?? [])
      if (problems.length > 0) throw new StepFailure(notVerified(problems), result.findings === undefined ? {} : { findings: result.findings })
      return result
    } catch (error) {
      throw error instanceof StepFailure && error.cause instanceof MigratorError ? new StepFailure(ofArchiving(error.cause), error.part) : error
    }
  },
}

/** There is no migration here that could be mended. */
function ofArchiving(error: MigratorError): MigratorError {
  return failed({
    ...reportOf(error),
    what: 'The copy with the archived rows did not verify, and was not published.',
    next: 'See what it names: a table, trigger or foreign key of your own may be in the way. The live database is as before.',
  }, error)
}
