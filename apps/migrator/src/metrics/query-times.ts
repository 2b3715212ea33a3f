import { commonQueries } from '@trivia/database/queries'
import type { Connection } from '../sqlite/connection.ts'
import { readCatalog } from '../structure/catalog.ts'
import type { QueryTime } from './facts.ts'

/** How often a query is asked at most; the median counts, since the first run finds a cold cache. */
const RUNS = 5

/**
 * How long the common queries take. None is begun when the time for all of them is over, and one that gives many rows
 * is left in the middle; it then counts with the time so far.
 *
 * @param budgetMs for all of them together
 * @param clock milliseconds that only go up
 */
export function measureQueries(connection: Connection, budgetMs: number, clock: () => number = () => performance.now()): QueryTime[] {
  if (budgetMs <= 0) return []
  const deadline = clock() + budgetMs
  const there = readCatalog(connection).tables
  const asked = commonQueries
    .filter((query) => query.tables.every((table) => there.has(table)))
    .map((query) => ({ query, times: [] as number[] }))
  // Round by round, so that each is asked once before any is asked twice.
  for (let run = 0; run < RUNS; run++) {
    for (const { query, times } of asked) {
      const began = clock()
      if (began >= deadline) break
      const rows = connection.prepare(query.sql).iterate()
      while (rows.next().done !== true && clock() < deadline);
      rows.return?.()
      times.push(clock() - began)
    }
  }
  return asked.flatMap(({ query, times }) => (times.length === 0 ? [] : [{ name: query.name, seconds: median(times) / 1000 }]))
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
