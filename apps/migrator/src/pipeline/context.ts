import type { TaskInput, TaskName, TaskOutput } from '../tasks/tasks.ts'
import type { PrismaResult, PrismaTarget } from '../prisma/cli.ts'
import type { Settings } from '../settings.ts'
import type { StepName } from './steps.ts'

export interface DeployOptions {
  /** Set broken rows aside instead of refusing. */
  readonly quarantine: boolean
  /** The IANA time zone of local times in a database of the older system. */
  readonly legacyTimezone: string
  /** For how long writers may be held back, in seconds. */
  readonly maxHoldSeconds: number
}

/** What a run of the pipeline is, for the one who reads that it was interrupted. */
export type Undertaking = 'deploy' | 'rehearsal' | 'archiving'

/** What the pipeline tells while it runs. */
export interface PipelineEvents {
  stepStarted(step: StepName, round: number): void
  /** What a step is doing just now, or has found. */
  progress(step: StepName, text: string): void
  stepEnded(step: StepName, result: { readonly summary: string; readonly ms: number }): void
  stepFailed(step: StepName, error: unknown): void
}

/** What the steps work with; all of it is handed in. */
export interface Context {
  readonly settings: Settings
  readonly options: DeployOptions
  readonly undertaking: Undertaking
  /** How the command was called, for the one who finds the lock taken. */
  readonly command: string
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly events: PipelineEvents
  readonly runTask: <N extends TaskName>(name: N, input: TaskInput<N>, tell?: (text: string) => void, signal?: AbortSignal) => Promise<TaskOutput<N>>
  readonly runPrisma: (target: PrismaTarget, args: readonly string[]) => Promise<PrismaResult>
}
