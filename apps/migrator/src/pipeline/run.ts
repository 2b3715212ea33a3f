import { afterFailure, EXIT, codeOf, failed, messageOf, MigratorError, refuse } from '../errors.ts'
import { explain } from '../sqlite/explain.ts'
import type { Context } from './context.ts'
import { cleanUp, discardPreBackup } from './clean-up.ts'
import type { State } from './state.ts'
import type { Step, StepName } from './steps.ts'

/** How a run of the pipeline ended. */
export interface PipelineRun {
  readonly state: State
  readonly error: unknown
  /** Milliseconds by step, over all rounds. */
  readonly durationsMs: Partial<Record<StepName, number>>
}

/**
 * Takes the steps one by one. When somebody wrote to the live database since the snapshot, it goes back to the
 * snapshot. Whatever happens, nothing of the run is left behind but its backups.
 */
export async function runPipeline(steps: readonly Step[], context: Context): Promise<PipelineRun> {
  const state: State = { round: 1, notes: [] }
  const durationsMs: Partial<Record<StepName, number>> = {}
  let error: unknown
  try {
    await takeSteps(steps, context, state, durationsMs)
  } catch (thrown) {
    const explained = explain(thrown, context.settings.database)
    error = await afterFailure(explained, () => {
      // From then on the backup of before is the way back.
      if (isPublished(state)) return
      const refused = explained instanceof MigratorError && explained.exitCode === EXIT.refused
      // Without its manifest it is not a finished backup.
      if (refused || state.preManifest === undefined) discardPreBackup(state)
    })
  }
  try {
    const unsettled = error instanceof MigratorError && error.exitCode === EXIT.manual
    cleanUp(state, unsettled || (isPublished(state) && state.postBackup === undefined))
  } catch (second) {
    error = error === undefined ? second : await afterFailure(error, () => {
      throw second
    })
  }
  return { state, error, durationsMs }
}

function isPublished(state: Readonly<State>): boolean {
  return state.publish?.outcome === 'published'
}

async function takeSteps(steps: readonly Step[], context: Context, state: State, durationsMs: Partial<Record<StepName, number>>): Promise<void> {
  const first = steps.findIndex((step) => step.name === 'snapshot')
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]
    if (step === undefined || state.upToDate === true) return
    if (context.signal.aborted && !isPublished(state)) throw interrupted()
    await takeStep(step, context, state, durationsMs)
    if (step.name === 'publish' && state.publish?.outcome === 'changed') {
      discardPreBackup(state)
      state.round++
      index = first - 1
    }
  }
}

async function takeStep(step: Step, context: Context, state: State, durationsMs: Partial<Record<StepName, number>>): Promise<void> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  const record = (): void => void (durationsMs[step.name] = (durationsMs[step.name] ?? 0) + elapsed())
  context.events.stepStarted(step.name, state.round)
  try {
    const { summary, remarks = [], ...part } = await step.run(context, state)
    Object.assign(state, part)
    state.notes.push(...remarks)
    record()
    context.events.stepEnded(step.name, { summary, ms: elapsed() })
  } catch (thrown) {
    record()
    const error = inOperatorsWords(thrown, step.name, context)
    context.events.stepFailed(step.name, error)
    throw error
  }
}

/** An error of SQL in a copy that a migration has made is the migration's. */
function inOperatorsWords(thrown: unknown, step: StepName, { signal }: Context): unknown {
  if (thrown instanceof MigratorError) return thrown
  if (signal.aborted && step !== 'publish' && step !== 'backup') return interrupted()
  const ofMigration = step === 'migrate' || step === 'verify'
  if (!ofMigration || !/^SQLITE_(ERROR|CONSTRAINT|MISMATCH)/.test(codeOf(thrown) ?? '')) return thrown
  return failed({
    code: 'CANDIDATE_UNUSABLE',
    what: 'The migrations made a database that cannot be used.',
    why: `${messageOf(thrown)}.`,
    next: 'Mend the migration and deploy again; the live database is as before.',
  }, thrown)
}

function interrupted(): MigratorError {
  return refuse({
    code: 'INTERRUPTED',
    what: 'The deploy was interrupted before it published anything.',
    why: 'The process was told to stop.',
    next: 'Deploy again when you like; the live database is as before.',
  })
}
