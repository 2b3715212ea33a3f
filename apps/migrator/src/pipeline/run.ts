import { afterFailure, EXIT, MigratorError } from '../errors.ts'
import { explain } from '../sqlite/explain.ts'
import { cleanUp, discardPreBackup } from './clean-up.ts'
import type { Context } from './context.ts'
import { keepOlderEqual } from './equal-backup.ts'
import { takeMeanwhile } from './meanwhile.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
import { Recorder, type StepRecord } from './recorder.ts'
import type { State } from './state.ts'
import type { Pipeline, StepName } from './steps.ts'
import { interrupted, type Run, takeStep } from './take-step.ts'

/** How a run of the pipeline ended. */
export interface PipelineRun {
  readonly state: State
  readonly error: unknown
  /** Milliseconds by step, over all rounds. Steps that ran at the same time count each. */
  readonly durationsMs: Partial<Record<StepName, number>>
  /** What was done when. */
  readonly records: readonly StepRecord[]
  /** The whole run, in milliseconds. */
  readonly ms: number
  /** What its files showed. */
  readonly evidence: Evidence
}

/**
 * Takes the steps one by one. When somebody wrote to the live database since the snapshot, it goes back to the
 * snapshot. Whatever happens, nothing of the run is left behind but its backups.
 */
export async function runPipeline(pipeline: Pipeline, context: Context): Promise<PipelineRun> {
  const state: State = { round: 1, notes: [] }
  const recorder = new Recorder()
  let error: unknown
  try {
    await takeSteps(pipeline, { context, state, recorder })
  } catch (thrown) {
    error = explain(thrown, context.settings.database)
  }
  const evidence = gatherEvidence(state)
  if (error !== undefined) {
    error = await afterFailure(error, async () => {
      const exitCode = error instanceof MigratorError ? error.exitCode : EXIT.bug
      // From then on the backup of before is the way back; when it is not certain, the next deploy looks for it.
      if (isPublished(state) || exitCode === EXIT.manual) return
      // Without its manifest it is not a finished backup.
      if (exitCode === EXIT.refused || state.preManifest === undefined) discardPreBackup(state)
      else await keepOlderEqual(state, context.settings.backupDir)
    })
  }
  try {
    const unsettled = error instanceof MigratorError && error.exitCode === EXIT.manual
    cleanUp(state, unsettled || (isPublished(state) && state.postBackup === undefined))
  } catch (second) {
    error = error === undefined ? explain(second, context.settings.database) : await afterFailure(error, () => {
      throw second
    })
  }
  return { state, error, durationsMs: recorder.durations(), records: recorder.records, ms: recorder.elapsed(), evidence }
}

function isPublished(state: Readonly<State>): boolean {
  return state.publish?.outcome === 'published'
}

async function takeSteps(pipeline: Pipeline, run: Run): Promise<void> {
  const { context, state } = run
  const first = pipeline.findIndex((part) => 'name' in part && part.name === 'snapshot')
  for (let index = 0; index < pipeline.length; index++) {
    const part = pipeline[index]
    if (part === undefined || state.upToDate === true) return
    if (context.signal.aborted && !isPublished(state)) throw interrupted(context.undertaking)
    if ('rows' in part) {
      await takeMeanwhile(part, run)
      continue
    }
    await takeStep(part, run)
    if (part.name === 'publish' && state.publish?.outcome === 'changed') {
      discardPreBackup(state)
      state.round++
      index = first - 1
    }
  }
}
