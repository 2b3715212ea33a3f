import { stripVTControlCharacters } from 'node:util'

/** A copy of the database that was asked for after a migration, and that could not be made. */
export interface FailedCopy {
  /** The system's name for the reason, such as `ENOSPC`; `none` where it has none. */
  code: string
  /** What the system says, on one line. */
  message: string
}

const PATTERN = /^(?:.*\s)?\[copy (\w+)\] (.*)$/m

/** The error of a copy as it can be told. */
export function describeFailedCopy(error: unknown): FailedCopy {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'none'
  return { code, message: (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ') }
}

/** The line that the error message carries: `[copy ENOSPC] ENOSPC: no space left on device, copyfile …`. */
export function formatFailedCopy({ code, message }: FailedCopy): string {
  return `[copy ${code}] ${message}`
}

/** Finds the failed copy in what the Prisma CLI printed. Undefined if the text names none. */
export function parseFailedCopy(text: string): FailedCopy | undefined {
  const match = PATTERN.exec(stripVTControlCharacters(text).replaceAll('\r\n', '\n'))
  if (!match) return undefined
  const [, code, message] = match
  return { code: code ?? 'none', message: (message ?? '').trim() }
}
