import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { requireDatabase } from '../database/file.ts'
import type { DatabaseLocation } from '../database/location.ts'
import { UserFacingError } from '../engine/errors.ts'
import { LazyConnection } from './lazy-connection.ts'
import { MigrationAdapter, type AdapterOptions } from './migration-adapter.ts'

const IN_MEMORY = ':memory:'

function connectTo(path: string): Promise<SqlDriverAdapter> {
  return new PrismaBetterSqlite3({ url: path }).connect()
}

function opener(location: DatabaseLocation | undefined, options: AdapterOptions): () => Promise<SqlDriverAdapter> {
  return async () => {
    if (!location) throw new Error('The datasource.url property is required in your Prisma config file.')
    try {
      if (!options.session.mayCreate) requireDatabase(location)
    } catch (error) {
      if (error instanceof UserFacingError) throw new DriverAdapterError({ kind: 'DatabaseDoesNotExist', db: location.name })
      throw error
    }
    try {
      const adapter = await connectTo(location.path)
      if (options.disposable) await adapter.executeScript('PRAGMA synchronous = OFF')
      return adapter
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 14, message: `SQLite database error\n${message}: ${location.path}` })
    }
  }
}

export interface EngineAdapter {
  /** For the engine. */
  factory: object
  connection: LazyConnection
}

/**
 * The adapter factory for one database. Shadow databases are always in memory: what is compared is only the
 * schema that the migrations make, and no file can be hit by mistake.
 */
export function createEngineAdapter(location: DatabaseLocation | undefined, options: AdapterOptions): EngineAdapter {
  const connection = new LazyConnection(opener(location, options))
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'sqlite',
    adapterName: '@prisma/adapter-better-sqlite3',
    connect: () => Promise.resolve(new MigrationAdapter(connection, options)),
    connectToShadowDb: () => Promise.resolve(new MigrationAdapter(new LazyConnection(() => connectTo(IN_MEMORY)), options)),
  })
  return { factory, connection }
}
