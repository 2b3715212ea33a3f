import {
  DriverAdapterError,
  type ConnectionInfo,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from '@prisma/driver-adapter-utils'
import { withQuotedIndexName } from './index-definition.ts'
import { listsTables, withoutInternalTables } from './table-list.ts'
import { emptyLedger, finishesMigration, migrationOf, readsLedger, saysLedgerMissing, writesLedger } from './ledger.ts'
import type { LazyConnection } from './lazy-connection.ts'
import { runScript } from './script.ts'
import type { Session } from './session.ts'

const LOCK = 'PRAGMA main.locking_mode=EXCLUSIVE'

export interface AdapterOptions {
  session: Session
  /** The statement that makes the migrations table. */
  ledgerDefinition: () => Promise<string>
  /** Prisma's PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK, which the engine cannot see from inside WebAssembly. */
  disableLock: boolean
  /** The database is a copy that is thrown away when anything fails: nothing waits for the disk. */
  disposable: boolean
  /** Called when the ledger has a migration as done, before the next one begins. What it throws ends the request. */
  afterMigration: (name: string) => Promise<void>
}

/** The driver adapter as the schema engine needs it, where the stock one and the engine do not fit together. */
export class MigrationAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite'
  readonly adapterName = '@prisma/adapter-better-sqlite3'
  readonly #connection: LazyConnection
  readonly #options: AdapterOptions

  constructor(connection: LazyConnection, options: AdapterOptions) {
    this.#connection = connection
    this.#options = options
  }

  async queryRaw(asked: SqlQuery): Promise<SqlResultSet> {
    const query = withQuotedIndexName(asked)
    const adapter = await this.#connection.get()
    const { session } = this.#options
    if (writesLedger(query)) session.startedMigration = migrationOf(query)
    try {
      const result = await adapter.queryRaw(query)
      if (finishesMigration(query) && session.startedMigration !== undefined) await this.#options.afterMigration(session.startedMigration)
      return listsTables(query) ? withoutInternalTables(result) : result
    } catch (error) {
      if (!saysLedgerMissing(error)) throw error
      // The engine tells "no table" from "no answer" by an error type of its native driver, which no adapter can
      // throw. So a missing table is shown as an empty one, and made when a row is to go into it.
      if (readsLedger(query)) {
        session.ledgerMissing = true
        return emptyLedger()
      }
      if (!writesLedger(query)) throw error
      await adapter.executeScript(await this.#options.ledgerDefinition())
      return adapter.queryRaw(query)
    }
  }

  /** Without parameters this is the engine's "run this script": for shadow databases, `db execute`, resets. */
  async executeRaw(query: SqlQuery): Promise<number> {
    if (this.#options.disableLock && query.sql === LOCK) return 0
    const adapter = await this.#connection.get()
    if (query.args.length > 0) return adapter.executeRaw(query)
    await runScript(adapter, query.sql, this.#options.session)
    return 0
  }

  /** The file of a migration. */
  async executeScript(script: string): Promise<void> {
    const { session } = this.#options
    if (session.refuseScripts) throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 1, message: 'Not now' })
    await runScript(await this.#connection.get(), script, session, session.startedMigration)
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    return (await this.#connection.get()).startTransaction(isolationLevel)
  }

  getConnectionInfo(): ConnectionInfo {
    return { supportsRelationJoins: false }
  }

  dispose(): Promise<void> {
    return this.#connection.close()
  }
}
