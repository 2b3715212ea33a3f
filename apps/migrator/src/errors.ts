/** What the migrator's process ends with. The meanings are a contract: release scripts read them. */
export const EXIT = {
  /** Done, or nothing to do. */
  ok: 0,
  /** A bug in the migrator. */
  bug: 1,
  /** Wrong usage: an option or argument that cannot be. */
  usage: 2,
  /** Refused, nothing touched: precondition, invalid data, corrupt database, another deploy running. */
  refused: 3,
  /** The migration failed or did not verify; the live database is as before. */
  failed: 4,
  /** Somebody has to do something by hand; the error says what. */
  manual: 5,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The part of an error that people and machines are shown. */
export interface ErrorReport {
  /** Stable name, listed in docs/errors.md. */
  readonly code: string
  readonly what: string
  readonly why: string
  /** The next command to type, or thing to do. */
  readonly next: string
  /** Single facts behind it, such as broken rows or differences. */
  readonly details?: readonly string[]
}

/** An expected failure: everything but a bug. */
export class MigratorError extends Error implements ErrorReport {
  override readonly name = 'MigratorError'
  readonly code: string
  readonly what: string
  readonly why: string
  readonly next: string
  readonly details?: readonly string[]
  readonly exitCode: ExitCode

  constructor(exitCode: ExitCode, report: ErrorReport, options?: { cause?: unknown }) {
    super(`${report.code}: ${report.what} ${report.why}`, options)
    this.exitCode = exitCode
    this.code = report.code
    this.what = report.what
    this.why = report.why
    this.next = report.next
    if (report.details !== undefined) this.details = report.details
  }
}

/** Refused with exit 3: a precondition does not hold and nothing was touched. */
export function refuse(report: ErrorReport, cause?: unknown): MigratorError {
  return new MigratorError(EXIT.refused, report, { cause })
}

/** Failed with exit 4: the migration did not work or did not verify; live is as before. */
export function failed(report: ErrorReport, cause?: unknown): MigratorError {
  return new MigratorError(EXIT.failed, report, { cause })
}

/** Wrong usage, exit 2. */
export function usage(report: ErrorReport): MigratorError {
  return new MigratorError(EXIT.usage, report)
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The code of a system or SQLite error (`ENOSPC`, `SQLITE_BUSY`, …), if it carries one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/**
 * Runs a clean-up after `error` and returns what to throw: the error itself, or, where the clean-up fails
 * too, one that keeps both.
 */
export async function afterFailure(error: unknown, cleanUp: () => Promise<void> | void): Promise<unknown> {
  try {
    await cleanUp()
    return error
  } catch (second) {
    if (error instanceof MigratorError) {
      const details = [...(error.details ?? []), `Cleaning up failed as well: ${messageOf(second)}`]
      return new MigratorError(error.exitCode, { ...reportOf(error), details }, { cause: new AggregateError([error.cause ?? error, second]) })
    }
    return new AggregateError([error, second], `${messageOf(error)} (and cleaning up failed: ${messageOf(second)})`)
  }
}

/** The shown part of an error, without the error. */
export function reportOf(error: MigratorError): ErrorReport {
  const { code, what, why, next, details } = error
  return details === undefined ? { code, what, why, next } : { code, what, why, next, details }
}
