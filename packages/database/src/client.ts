import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaClient } from './generated/client.ts'

export interface ClientOptions {
  /** The database's absolute path. */
  readonly path: string
  /** How long a statement waits for another connection's lock, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number
}

/**
 * A Prisma client on a database that the migrator has deployed. Times are written as everywhere in the database:
 * UTC with milliseconds as text. The caller disconnects it.
 */
export function createPrismaClient({ path, busyTimeoutMs = 5000 }: ClientOptions): PrismaClient {
  const adapter = new PrismaBetterSqlite3({ url: `file:${path}`, timeout: busyTimeoutMs, fileMustExist: true }, { timestampFormat: 'iso8601' })
  return new PrismaClient({ adapter })
}
