/** What the process ends with. */
export const EXIT = {
  ok: 0,
  /** A bug in this program. */
  bug: 1,
  /** Wrong usage. */
  usage: 2,
  /** Refused, nothing touched; or a check that found something. */
  refused: 3,
} as const

/** The part of an error that people and machines are shown. */
export interface ErrorReport {
  readonly code: string
  readonly what: string
  readonly why: string
  /** The next command to type, or thing to do. */
  readonly next: string
}

/** An expected failure. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly report: ErrorReport
  readonly exitCode: number

  constructor(exitCode: number, report: ErrorReport, cause?: unknown) {
    super(`${report.code}: ${report.what} ${report.why}`, { cause })
    this.exitCode = exitCode
    this.report = report
  }
}

/** Refused with exit 3: nothing was touched. */
export function refuse(report: ErrorReport, cause?: unknown): CliError {
  return new CliError(EXIT.refused, report, cause)
}

/** Wrong usage, exit 2. */
export function usage(report: ErrorReport): CliError {
  return new CliError(EXIT.usage, report)
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The code of a system or SQLite error, if it carries one. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** An error for people. */
export function renderError({ code, what, why, next }: ErrorReport): string {
  return `${code}: ${what}\n  Why:  ${why}\n  Next: ${next}`
}
