import { commonQueries } from '@trivia/database/queries'
import { type Connection, withDatabase } from '../sqlite/connection.ts'
import { readCatalog } from '../structure/catalog.ts'

/** How SQLite answers one of the common queries. */
export interface QueryPlan {
  readonly query: string
  readonly plan: readonly string[]
  /** Whether it goes through a whole table without an index. */
  readonly scans: boolean
  /** Names of the indexes that it uses. */
  readonly indexes: readonly string[]
}

/** The plans of the common queries whose tables are there. */
export function readPlans(connection: Connection): QueryPlan[] {
  const there = readCatalog(connection).tables
  return commonQueries
    .filter((query) => query.tables.every((table) => there.has(table)))
    .map((query) => {
      const plan = (connection.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all() as { detail: string }[]).map((row) => row.detail)
      const indexes = plan.flatMap((line) => /USING (?:COVERING )?INDEX (\w+)/.exec(line)?.[1] ?? [])
      return { query: query.name, plan, scans: plan.some((line) => line.startsWith('SCAN ') && !line.includes(' INDEX ')), indexes }
    })
}

/** The common queries that used an index before and go through the whole table now. */
export function worsePlans(before: string | null, after: string): string[] {
  if (before === null) return []
  const was = withDatabase(before, { readonly: true }, readPlans)
  return withDatabase(after, { readonly: true }, readPlans)
    .filter((plan) => plan.scans && was.some((other) => other.query === plan.query && !other.scans))
    .map((plan) => `the query "${plan.query}" goes through a whole table now: ${plan.plan.join('; ')}`)
}
