import { readFileSync } from 'node:fs'
import { createEngineAdapter, type EngineAdapter } from '../adapter/factory.ts'
import { Session } from '../adapter/session.ts'
import { alreadyApplied, disposableDatabase } from '../prisma-env.ts'
import type { EngineArguments } from '../cli/arguments.ts'
import { databaseLocation, type DatabaseLocation } from '../database/location.ts'
import { ledgerDefinition } from '../engine/ledger-definition.ts'
import { startEngine, type SchemaEngine } from '../engine/wasm.ts'
import { StageCopies } from './stage-copies.ts'

function readDatamodels(files: readonly string[]): [string, string][] | undefined {
  if (files.length === 0) return undefined
  return files.map((file) => [file, readFileSync(file, 'utf8')])
}

/** Holds the one engine of the process, which starts with the first request that needs it. */
export class EngineHost {
  readonly session = new Session()
  readonly location: DatabaseLocation | undefined
  /** Migrations that the ledger learns to be applied before any other is. */
  readonly alreadyApplied: readonly string[]
  readonly #datamodels: [string, string][] | undefined
  readonly #adapter: EngineAdapter
  #engine: Promise<SchemaEngine> | undefined

  constructor(args: EngineArguments, env: NodeJS.ProcessEnv) {
    this.#datamodels = readDatamodels(args.datamodels)
    this.location = args.url === undefined ? undefined : databaseLocation(args.url)
    this.alreadyApplied = JSON.parse(env[alreadyApplied] || '[]') as string[]
    const copies = new StageCopies(this.location, env)
    this.#adapter = createEngineAdapter(this.location, {
      session: this.session,
      ledgerDefinition,
      disableLock: !['', '0'].includes(env['PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK'] ?? ''),
      disposable: env[disposableDatabase] === '1',
      afterMigration: (name) => copies.after(name, this.session, () => this.closeConnection()),
    })
  }

  engine(): Promise<SchemaEngine> {
    this.#engine ??= startEngine(this.#adapter.factory, this.#datamodels)
    return this.#engine
  }

  /** Runs one statement on the database, by itself. */
  async execute(sql: string): Promise<void> {
    await (await this.#adapter.connection.get()).executeScript(sql)
  }

  closeConnection(): Promise<void> {
    return this.#adapter.connection.close()
  }
}
