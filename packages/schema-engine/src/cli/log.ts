import { writeSync } from 'node:fs'
import { UserFacingError } from '../engine/errors.ts'

const TARGET = 'schema_engine::logger'

/** Writes one line of the engine's log: JSON on stderr, each line by itself, as the CLI reads it. */
export function log(level: 'INFO' | 'ERROR', fields: Record<string, unknown>): void {
  // Synchronous, because the process may end right after it.
  writeSync(2, `${JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target: TARGET })}\n`)
}

/** Logs an error the way the CLI looks for it. */
export function logError(error: unknown, isPanic = false): void {
  const message = error instanceof Error ? error.message : String(error)
  const error_code = error instanceof UserFacingError ? error.code : ''
  log('ERROR', { is_panic: isPanic, error_code, message })
}
