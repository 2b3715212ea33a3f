import { createEngineAdapter } from '../adapter/factory.ts'
import { Session } from '../adapter/session.ts'
import { databaseLocation } from '../database/location.ts'
import { startEngine } from './wasm.ts'

/**
 * The statement that makes the migrations table, learned from the engine itself: it makes one in a database in
 * memory. So the table is the engine's own in every version.
 */
export async function ledgerDefinition(): Promise<string> {
  const { factory, connection } = createEngineAdapter(databaseLocation('file::memory:'), {
    session: new Session(),
    ledgerDefinition: () => Promise.reject(new Error('Not needed: the engine makes the table.')),
    disposable: false,
    disableLock: true,
    afterMigration: () => Promise.resolve(),
  })
  const engine = await startEngine(factory, undefined)
  const lockfile = { path: 'migration_lock.toml', content: null }
  const migrationsList = { baseDir: '', lockfile, shadowDbInitScript: '', migrationDirectories: [] }
  await engine.applyMigrations({ migrationsList, filters: { externalTables: [], externalEnums: [] } })

  const adapter = await connection.get()
  const { rows } = await adapter.queryRaw({ sql: "SELECT sql FROM sqlite_master WHERE name = '_prisma_migrations'", args: [], argTypes: [] })
  const definition = rows[0]?.[0]
  if (typeof definition !== 'string') throw new Error('The schema engine made no migrations table.')
  await connection.close()
  return definition
}
