import type { FailedCopy } from '../failed-copy.ts'
import type { FailedStatement } from '../failed-statement.ts'

/** A script that SQLite refused, with all that a message needs. */
export interface ScriptFailure {
  failed: FailedStatement
  /** SQLite's extended result code. */
  errorCode: string
  /** SQLite's message, followed by the line that names the statement. */
  databaseError: string
  /** The migration whose file the script is; absent for any other script. */
  migration: string | undefined
}

/**
 * What the adapter and the RPC side must know of each other while one request runs. The engine between them
 * passes on neither the details of an error nor the state of the ledger.
 */
export class Session {
  /** Whether a database file that is missing may be made by opening it. */
  mayCreate = false
  /** The engine read the migrations table, and there was none. */
  ledgerMissing = false
  /** The migration that the engine has just entered as started. */
  startedMigration: string | undefined
  failure: ScriptFailure | undefined
  /** The copy that was to be made after a migration, and could not be. */
  failedCopy: FailedCopy | undefined
  /** Scripts are refused, to lead the engine to its other way of resetting. */
  refuseScripts = false

  begin(options: { mayCreate: boolean }): void {
    this.mayCreate = options.mayCreate
    this.ledgerMissing = false
    this.startedMigration = undefined
    this.failure = undefined
    this.failedCopy = undefined
    this.refuseScripts = false
  }
}
