import { statSync } from 'node:fs'
import { messageOf } from '../errors.ts'
import { readMigrations } from '../migrations/folder.ts'
import { compareLedger, readLedger, readVersion } from '../migrations/ledger.ts'
import type { Settings } from '../settings.ts'
import { type Connection, pragmaValue, withDatabase } from '../sqlite/connection.ts'
import type { DatabaseFacts } from './facts.ts'
import { measureQueries } from './query-times.ts'

/** A publish in rollback mode locks readers out for a moment; a look does not wait longer than that. */
const PATIENCE_MS = 250

/**
 * Looks at the live file: opened, read, closed. It can write, because only such a connection reads what a crash left;
 * it is told not to. No transaction outlives a statement, so a publish never waits for it.
 *
 * @param queryBudgetMs how long the common queries may take together
 */
export function lookAtDatabase(settings: Settings, queryBudgetMs: number): { readonly file: DatabaseFacts } | { readonly problem: string } {
  const { database } = settings
  try {
    return withDatabase(database, { busyTimeoutMs: PATIENCE_MS }, (connection) => {
      connection.pragma('query_only = ON')
      const value = (name: string): number => Number(pragmaValue(connection, name))
      const pages = value('page_count')
      return {
        file: {
          bytes: pages * value('page_size'),
          walBytes: statSync(`${database}-wal`, { throwIfNoEntry: false })?.size ?? 0,
          pages,
          freePages: value('freelist_count'),
          schemaVersion: readVersion(connection),
          pending: pendingOf(connection, settings),
          queries: measureQueries(connection, queryBudgetMs),
        },
      }
    })
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

function pendingOf(connection: Connection, { prismaDir }: Settings): number | null {
  try {
    return compareLedger(readLedger(connection), readMigrations(prismaDir)).pending.length
  } catch {
    return null
  }
}
