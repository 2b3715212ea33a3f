import { type CommonQuery, commonQueries, commonQueriesFor, sampleOf } from '@trivia/database/queries'
import { type Connection, quoteName } from '../sqlite/connection.ts'
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

/** One of the common queries before and after. */
export interface PlanChange {
  readonly name: string
  readonly sql: string
  /** The lines of EXPLAIN QUERY PLAN; null where the query cannot be asked. */
  readonly before: readonly string[] | null
  readonly after: readonly string[] | null
  /** What got worse, for people; null when nothing did. */
  readonly why: string | null
  /** Whether it got worse. */
  readonly worse: boolean
  /** The best of several turns, in milliseconds; null where it was not measured. */
  readonly beforeMs: number | null
  readonly afterMs: number | null
}

/** Each query is asked so often on either side, by turns. */
const TURNS = 5
/** For all queries together, in milliseconds: large databases have queries that take their time. */
const BUDGET_MS = 4_000
/** A query is slower when it takes so many times as long as before, and so many milliseconds more. */
const SLOWER = { times: 4, ms: 25 }
/** Tables of fewer rows are gone through in no time, and SQLite may choose to. */
const SMALL_TABLE = 1_000

/** The plans of the common queries that can be asked. */
export function readPlans(connection: Connection, queries: readonly CommonQuery[] = commonQueries): QueryPlan[] {
  const there = readCatalog(connection).tables
  return queries.filter((query) => query.tables.every((table) => there.has(table))).flatMap(({ name, sql }) => {
    const plan = explained(connection, sql)
    if (plan === null) return []
    const indexes = plan.flatMap((line) => /USING (?:COVERING )?INDEX (\w+)/.exec(line)?.[1] ?? [])
    return [{ query: name, plan, scans: plan.some((line) => isScan(line, plan)), indexes }]
  })
}

/** Null for a query of a later version: a column is missing. */
function explained(connection: Connection, sql: string): string[] | null {
  try {
    return (connection.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((row) => row.detail)
  } catch {
    return null
  }
}

/** Not of what another part of the query has made. */
function isScan(line: string, plan: readonly string[]): boolean {
  const [, name] = /^SCAN (?!CONSTANT ROW)(\S+)(?!.* (?:VIRTUAL TABLE )?INDEX )/.exec(line) ?? []
  return name !== undefined && !plan.includes(`CO-ROUTINE ${name}`) && !plan.includes(`MATERIALIZE ${name}`)
}

/** The common queries side by side: their plans, and how long they take with somebody of the database. */
export function comparePlans(before: Connection, after: Connection): PlanChange[] {
  const queries = commonQueriesFor(sampleOf((sql) => firstValue(before, sql)))
  const [was, is] = [before, after].map((connection) => new Map(readPlans(connection, queries).map((plan) => [plan.query, plan])))
  const deadline = performance.now() + BUDGET_MS
  return queries.flatMap(({ name, sql }) => {
    const [old, now] = [was?.get(name), is?.get(name)]
    if (now === undefined && old === undefined) return []
    const [beforeMs, afterMs] = old !== undefined && now !== undefined ? sideBySide(before, after, sql, deadline) : [null, null]
    const why = old === undefined || now === undefined ? null : planWorse(old, now, after, sql) ?? slower(beforeMs, afterMs)
    return [{ name, sql, before: old?.plan ?? null, after: now?.plan ?? null, worse: why !== null, why, beforeMs, afterMs }]
  })
}

function planWorse(old: QueryPlan, now: QueryPlan, after: Connection, sql: string): string | null {
  if (!now.scans || old.scans) return null
  const { indexes } = readCatalog(after)
  const keepsIndexes = old.indexes.every((index) => indexes.has(index) || index.startsWith('sqlite_autoindex'))
  return keepsIndexes && scannedTables(now, sql).every((table) => isSmall(after, table)) ? null : `it goes through a whole table now: ${now.plan.join('; ')}`
}

/** The tables that a plan goes through, which it calls as the query does. */
function scannedTables({ plan }: QueryPlan, sql: string): string[] {
  const tables = new Map([...sql.matchAll(/\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS\s+(\w+))?/gi)].map(([, table = '', alias = table]) => [alias, table]))
  return plan.filter((line) => isScan(line, plan)).flatMap((line) => tables.get(line.split(' ')[1] ?? '') ?? [])
}

function isSmall(connection: Connection, table: string): boolean {
  return connection.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${quoteName(table)} LIMIT ${SMALL_TABLE})`).pluck().get() !== BigInt(SMALL_TABLE)
}

function slower(beforeMs: number | null, afterMs: number | null): string | null {
  if (beforeMs === null || afterMs === null || afterMs <= beforeMs * SLOWER.times || afterMs - beforeMs <= SLOWER.ms) return null
  return `it takes ${afterMs.toFixed(1)} ms, and took ${beforeMs.toFixed(1)} ms before`
}

/** By turns, so that whatever else the machine does falls on both; the best of each counts. */
function sideBySide(before: Connection, after: Connection, sql: string, deadline: number): [number | null, number | null] {
  const statements = [before.prepare(sql), after.prepare(sql)]
  const best = [Infinity, Infinity]
  for (let turn = 0; turn < TURNS && performance.now() < deadline; turn++) {
    for (const [side, statement] of statements.entries()) {
      const start = performance.now()
      const rows = statement.iterate()
      while (rows.next().done !== true && performance.now() - start < BUDGET_MS);
      rows.return?.()
      best[side] = Math.min(best[side] ?? Infinity, performance.now() - start)
    }
  }
  const [one = Infinity, other = Infinity] = best
  return Number.isFinite(one) && Number.isFinite(other) ? [rounded(one), rounded(other)] : [null, null]
}

/** To microseconds. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000
}

/** Undefined where there is no such table or column yet. */
function firstValue(connection: Connection, sql: string): string | bigint | undefined {
  try {
    return connection.prepare(sql).pluck().get() as string | bigint | undefined
  } catch {
    return undefined
  }
}
