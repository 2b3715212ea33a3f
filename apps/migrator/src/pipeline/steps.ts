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
