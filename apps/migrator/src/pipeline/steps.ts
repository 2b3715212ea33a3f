import type { Context } from './context.ts'
import type { State } from './state.ts'

/** The steps' names, in the order in which a deploy takes them. They are keys of `durationsMs`. */
export const stepNames = ['lock', 'recover', 'preflight', 'snapshot', 'integrity', 'validate', 'migrate', 'verify', 'publish', 'backup', 'report'] as const
export type StepName = (typeof stepNames)[number]

/** What a step leaves: its part of the state, and a line for people. */
export interface StepResult extends Partial<Omit<State, 'round' | 'notes'>> {
  readonly summary: string
  /** Things that the report should say. */
  readonly remarks?: readonly string[]
}

/** One step of the pipeline. */
export interface Step {
  readonly name: StepName
  readonly run: (context: Context, state: Readonly<State>) => Promise<StepResult>
}

/** A step that failed and has found out something all the same. */
export class StepFailure extends Error {
  readonly part: Partial<Omit<State, 'round' | 'notes'>>

  constructor(cause: Error, part: StepFailure['part']) {
    super(cause.message, { cause })
    this.part = part
  }
}

/**
 * Rows of steps that need nothing of each other and are taken at the same time. When several fail, the error of the
 * first row counts; a row is broken off when one before it has failed.
 */
export interface Meanwhile {
  readonly rows: readonly (readonly Step[])[]
}

export type Pipeline = readonly (Step | Meanwhile)[]

/** All steps of a pipeline, in the order in which they are shown. */
export function stepsOf(pipeline: Pipeline): Step[] {
  return pipeline.flatMap((part) => ('rows' in part ? part.rows.flat() : [part]))
}
