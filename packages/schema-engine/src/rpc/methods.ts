import type {
  ApplyMigrationsInput,
  CreateMigrationInput,
  DbExecuteParams,
  DevDiagnosticInput,
  DevDiagnosticOutput,
  DiagnoseMigrationHistoryInput,
  DiffParams,
  EvaluateDataLossInput,
  IntrospectParams,
  MarkMigrationAppliedInput,
  MarkMigrationRolledBackInput,
  ResetInput,
  SchemaPushInput,
} from '@prisma/schema-engine-wasm'
import { failedMigrationMessage } from '../adapter/script.ts'
import { createDatabase, requireDatabase } from '../database/file.ts'
import { databaseLocation } from '../database/location.ts'
import { formatFailedCopy } from '../failed-copy.ts'
import { EnginePanic, UserFacingError } from '../engine/errors.ts'
import type { EngineHost } from './engine-host.ts'
import { resetDatabase } from './reset.ts'
import { withMigrationSchema } from './migration-schema.ts'

export interface CallContext {
  host: EngineHost
  /** Has the CLI print a text. */
  readonly print: (text: string) => void
}

interface Method {
  /** A missing database is made by opening it, as the native engine does; where this is not set, it is P1003. */
  mayCreate?: boolean
  run(context: CallContext, params: unknown): Promise<unknown>
}

const FIRST_TIME = `
If this database existed before its migrations did, see how to baseline it:
https://pris.ly/d/migrate-baseline
`

async function applyMigrations({ host }: CallContext, params: unknown): Promise<unknown> {
  const engine = await host.engine()
  const input = params as ApplyMigrationsInput
  try {
    for (const migrationName of host.alreadyApplied) await engine.markMigrationApplied({ migrationName, migrationsList: input.migrationsList })
    return await engine.applyMigrations(input)
  } catch (error) {
    const { failure, failedCopy } = host.session
    if (failedCopy !== undefined) throw new Error(formatFailedCopy(failedCopy), { cause: error })
    if (failure?.migration === undefined) throw error
    throw new UserFacingError('P3018', failedMigrationMessage(failure), {
      migration_name: failure.migration,
      database_error_code: failure.errorCode,
      database_error: failure.databaseError,
      failed_statement: failure.failed,
    })
  }
}

async function diagnoseMigrationHistory({ host }: CallContext, params: unknown): Promise<unknown> {
  const output = await (await host.engine()).diagnoseMigrationHistory(params as DiagnoseMigrationHistoryInput)
  return { ...output, hasMigrationsTable: output.hasMigrationsTable && !host.session.ledgerMissing }
}

async function devDiagnostic({ host }: CallContext, params: unknown): Promise<DevDiagnosticOutput> {
  const output = await (await host.engine()).devDiagnostic(params as DevDiagnosticInput)
  if (output.action.tag !== 'reset' || !host.session.ledgerMissing) return output
  return { action: { ...output.action, reason: `${output.action.reason.trimEnd()}\n${FIRST_TIME}` } }
}

async function diff({ host, print }: CallContext, params: unknown): Promise<unknown> {
  const { exitCode, stdout } = await (await host.engine()).diff(params as DiffParams)
  if (stdout !== null) print(stdout)
  return { exitCode, stdout: null }
}

function urlOf(params: unknown): string {
  const { datasource } = params as { datasource?: { url?: unknown } }
  if (typeof datasource?.url !== 'string') throw new Error('Only connection strings are supported here.')
  return datasource.url
}

/** What the CLI may ask for, by the names of the native engine. */
export const METHODS: Readonly<Record<string, Method>> = {
  applyMigrations: { mayCreate: true, run: applyMigrations },
  createDatabase: {
    run: async (_context, params) => {
      const location = databaseLocation(urlOf(params))
      createDatabase(location)
      return { databaseName: location.path }
    },
  },
  createMigration: {
    mayCreate: true,
    run: async ({ host }, params) => withMigrationSchema(await host.engine(), params as CreateMigrationInput, (engine, input) => engine.createMigration(input)),
  },
  dbExecute: {
    mayCreate: true,
    run: async ({ host }, params) => (await host.engine()).dbExecute(params as DbExecuteParams),
  },
  debugPanic: {
    run: () => Promise.reject(new EnginePanic('This is the debugPanic artificial panic')),
  },
  devDiagnostic: { mayCreate: true, run: devDiagnostic },
  diagnoseMigrationHistory: { mayCreate: true, run: diagnoseMigrationHistory },
  diff: { run: diff },
  ensureConnectionValidity: {
    run: async (_context, params) => {
      requireDatabase(databaseLocation(urlOf(params)))
      return {}
    },
  },
  evaluateDataLoss: {
    mayCreate: true,
    run: async ({ host }, params) => withMigrationSchema(await host.engine(), params as EvaluateDataLossInput, (engine, input) => engine.evaluateDataLoss(input)),
  },
  getDatabaseVersion: {
    run: async ({ host }) => (await host.engine()).version(),
  },
  introspect: {
    run: async ({ host }, params) => {
      // The engine would hide the code that the CLI looks for behind "Error describing the database".
      if (host.location) requireDatabase(host.location)
      return (await host.engine()).introspect(params as IntrospectParams)
    },
  },
  introspectSql: {
    // The engine's WebAssembly build calls itself until the stack is full.
    run: () => Promise.reject(new Error('TypedSQL needs the native schema engine: set PRISMA_SCHEMA_ENGINE_BINARY to it.')),
  },
  markMigrationApplied: {
    mayCreate: true,
    run: async ({ host }, params) => (await host.engine()).markMigrationApplied(params as MarkMigrationAppliedInput),
  },
  markMigrationRolledBack: {
    mayCreate: true,
    run: async ({ host }, params) => (await host.engine()).markMigrationRolledBack(params as MarkMigrationRolledBackInput),
  },
  reset: { mayCreate: true, run: ({ host }, params) => resetDatabase(host, params as ResetInput) },
  schemaPush: {
    mayCreate: true,
    run: async ({ host }, params) => (await host.engine()).schemaPush(params as SchemaPushInput),
  },
}
