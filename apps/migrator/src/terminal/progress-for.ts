import type { Pipeline } from '../pipeline/steps.ts'
import type { Terminal } from './output.ts'
import { lineProgress, type Progress, silentProgress, taskListProgress } from './progress.ts'

/** What the kind of progress depends on. */
export interface Verbosity {
  readonly terminal: Terminal
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
}

/** The progress that fits to where the output goes: a task list, lines, or nothing. */
export function progressFor({ terminal, json, quiet, verbose }: Verbosity, pipeline: Pipeline): Promise<Progress> | Progress {
  if (json) return verbose ? lineProgress(terminal.stderr, true) : silentProgress
  if (quiet) return silentProgress
  return terminal.stdout.isTTY && !verbose ? taskListProgress(pipeline, terminal) : lineProgress(terminal.stdout, verbose)
}
