import type { ErrorReport } from '../errors.ts'
import type { Settings } from '../settings.ts'
import type { Terminal } from '../terminal/output.ts'

/** What every command gets. */
export interface CommandInput {
  readonly settings: Settings
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly terminal: Terminal
  readonly cwd: string
  readonly argv: readonly string[]
  readonly now: () => Date
  readonly signal: AbortSignal
}

/** What a command leaves for `main` to print: commands themselves never do. */
export interface CommandResult {
  readonly exitCode: number
  /** For people. */
  readonly text: string
  /** For machines: one document. */
  readonly json: unknown
  readonly error?: ErrorReport
}
