import { codeOf, failed, messageOf, MigratorError, refuse } from '../errors.ts'
import type { Context, Undertaking } from './context.ts'
import type { Recorder } from './recorder.ts'
import type { State } from './state.ts'
import { type Step, StepFailure, type StepName } from './steps.ts'

/** What the steps of one run share. */
export interface Run {
  readonly context: Context
  readonly state: State
  readonly recorder: Recorder
}

/** Takes one step: its part of the state is added, its time written down, its failure in the operator's words. */
export async function takeStep(step: Step, { context, state, recorder }: Run): Promise<void> {
  const record = recorder.begin(step.name, state.round)
  context.events.stepStarted(step.name, state.round)
  try {
    const { summary, remarks = [], ...part } = await step.run(record.watch(context), state)
    Object.assign(state, part)
    state.notes.push(...remarks)
    const ms = record.end(summary)
    context.events.stepEnded(step.name, { summary, ms })
  } catch (failure) {
    if (failure instanceof StepFailure) Object.assign(state, failure.part)
    const error = inOperatorsWords(failure instanceof StepFailure ? failure.cause : failure, step.name, context)
    record.fail(messageOf(error))
    context.events.stepFailed(step.name, error)
    throw error
  }
}

/** An error of SQL in a copy that a migration has made is the migration's. */
function inOperatorsWords(thrown: unknown, step: StepName, { signal, undertaking }: Context): unknown {
  if (thrown instanceof MigratorError) return thrown
  if (signal.aborted && step !== 'publish' && step !== 'backup') return interrupted(undertaking)
  const ofMigration = step === 'migrate' || step === 'verify'
  if (!ofMigration || !/^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/.test(codeOf(thrown) ?? '')) return thrown
  return failed({
    code: 'CANDIDATE_UNUSABLE',
    what: 'The migrations made a database that cannot be used.',
    why: `${messageOf(thrown)}.`,
    next: 'Mend the migration and deploy again; the live database is as before.',
  }, thrown)
}

const AGAIN: Readonly<Record<Undertaking, string>> = { deploy: 'Deploy', rehearsal: 'Rehearse', archiving: 'Archive' }

/** The error of a run that was told to stop. */
export function interrupted(undertaking: Undertaking): MigratorError {
  return refuse({
    code: 'INTERRUPTED',
    what: `The ${undertaking} was interrupted before it ${undertaking === 'rehearsal' ? 'came to its end' : 'published anything'}.`,
    why: 'The process was told to stop.',
    next: `${AGAIN[undertaking]} again when you like; the live database is as before.`,
  })
}
