import { DriverAdapterError, isDriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { formatFailedStatement, shortenStatement } from '../failed-statement.ts'
import { splitStatements, type Statement } from '../sql/index.ts'
import { resultCode } from './result-codes.ts'
import type { ScriptFailure, Session } from './session.ts'

function describeFailure(error: unknown, statement: Statement, migration: string | undefined): ScriptFailure {
  const cause = error instanceof Error && isDriverAdapterError(error) ? error.cause : undefined
  const message = cause?.originalMessage ?? (error instanceof Error ? error.message : String(error))
  const failed = { statement: statement.index + 1, line: statement.line, sql: shortenStatement(statement.sql) }
  return {
    failed,
    errorCode: resultCode(cause?.originalCode),
    databaseError: `${message}\n${formatFailedStatement(failed)}`,
    migration,
  }
}

/** The text of P3018, which the engine's WebAssembly build never produces. */
export function failedMigrationMessage(failure: ScriptFailure): string {
  return [
    'A migration failed to apply. New migrations cannot be applied before the error is recovered from. Read more about how to resolve migration issues in a production database: https://pris.ly/d/migrate-resolve',
    `Migration name: ${failure.migration ?? 'unknown'}`,
    `Database error code: ${failure.errorCode}`,
    `Database error:\n${failure.databaseError}`,
  ].join('\n\n')
}

/**
 * Runs a script statement by statement, which is what SQLite does with a whole script, too; so when one fails,
 * it is known which. The error goes to the engine as plain text: it would take "no such table" apart and
 * lose the rest.
 */
export async function runScript(adapter: SqlDriverAdapter, script: string, session: Session, migration?: string): Promise<void> {
  for (const statement of splitStatements(script)) {
    try {
      await adapter.executeScript(statement.sql)
    } catch (error) {
      const failure = describeFailure(error, statement, migration)
      session.failure = failure
      const message = migration === undefined ? `SQLite database error\n${failure.databaseError}` : failedMigrationMessage(failure)
      throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 1, message })
    }
  }
}
