import { type MigratorRun, runMigrator } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import type { DeployResult } from '../src/pipeline/result.ts'

/** Deploys with --json and gives the document with the process's exit code. */
export async function deploy(database: string, ...args: string[]): Promise<DeployResult & { run: MigratorRun }> {
  const run = await runMigrator(['deploy', '--database', database, '--json', ...args])
  const result = run.json<DeployResult>()
  if (run.exitCode !== result.exitCode) throw new Error(`The process ended with ${String(run.exitCode)}, its document says ${result.exitCode}.`)
  return { ...result, run }
}

/** The first column of all rows of a query. */
export function column(database: string, sql: string): unknown[] {
  return query(database, (connection) => connection.prepare(sql).pluck().all())
}

/** The first value of a query. */
export function value(database: string, sql: string): unknown {
  return column(database, sql)[0]
}

/** Runs SQL on a database, as somebody else would; foreign keys off, as many programs have them. */
export function execute(database: string, sql: string): void {
  query(database, (connection) => {
    connection.pragma('foreign_keys = OFF')
    connection.exec(sql)
  })
}

function query<T>(database: string, work: (connection: Sqlite.Database) => T): T {
  const connection = new Sqlite(database)
  try {
    return work(connection)
  } finally {
    connection.close()
  }
}
