import type { Reader } from '../connection.ts'

/** What tells one state of a database from the next: what deploys and archivings leave behind. */
export interface DeployMark {
  /** Finished migrations of Prisma's ledger. */
  readonly migrations: number
  readonly newestMigration: string | null
  readonly archivings: number
}

/** Which deploys a database has seen. None in one that no deploy has made. */
export function deployMark(db: Reader): DeployMark {
  const there = new Set(db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('_prisma_migrations', 'archive_runs')").map(({ name }) => name))
  const ledger = there.has('_prisma_migrations')
    ? db.get<{ migrations: number; newest: string | null }>(`SELECT count(*) AS migrations,
        (SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, migration_name DESC LIMIT 1) AS newest
      FROM _prisma_migrations WHERE finished_at IS NOT NULL`)
    : undefined
  const archivings = there.has('archive_runs') ? db.get<{ runs: number }>('SELECT count(*) AS runs FROM archive_runs')?.runs : undefined
  return { migrations: ledger?.migrations ?? 0, newestMigration: ledger?.newest ?? null, archivings: archivings ?? 0 }
}
