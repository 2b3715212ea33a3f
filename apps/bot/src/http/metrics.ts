import { statSync } from 'node:fs'
import type { SmokeResult } from '@trivia/database/deploy-account'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Observer } from '../discord/dispatch.ts'

/** Discord waits 3 s. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3]
const DATABASE_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5, 20]
/** A deploy may hold writers for a minute. */
const LOCK_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

export interface Metrics extends Observer {
  readonly databaseCall: (name: string, milliseconds: number, ok: boolean) => void
  /** Writes have waited for another process. */
  readonly lockWait: (milliseconds: number) => void
  /** A deploy was seen: how long answers waited for it, in milliseconds, and what the smoke queries say. */
  readonly deploySeen: (seen: { readonly pauseMs: number; readonly queries: SmokeResult }) => void
  /** @param count tells how many games run, when somebody asks */
  readonly countGames: (count: () => Promise<number>) => void
  /** @param schemaVersion asks the database for its version, when somebody asks */
  readonly measureDatabase: (path: string, schemaVersion: () => Promise<number | null>) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** What Prometheus is told. A registry of its own: several bots may live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  // Event-loop lag, memory, CPU.
  collectDefaultMetrics({ register: registry })
  const interactions = new Counter({ name: 'trivia_interactions_total', help: 'Interactions by handler and outcome.', labelNames: ['handler', 'outcome'], registers: [registry] })
  const firstAnswer = new Histogram({ name: 'trivia_first_answer_seconds', help: 'Time from an interaction to its first answer.', labelNames: ['handler'], buckets: ANSWER_BUCKETS, registers: [registry] })
  const database = new Histogram({ name: 'trivia_database_seconds', help: 'Time that an operation took in the database.', labelNames: ['operation', 'ok'], buckets: DATABASE_BUCKETS, registers: [registry] })
  const lockWaits = new Histogram({ name: 'trivia_lock_wait_seconds', help: 'Times in which writes waited for a lock of another process, such as a deploy.', buckets: LOCK_BUCKETS, registers: [registry] })
  const deploys = new Counter({ name: 'trivia_deploys_seen_total', help: 'Times that the database got other content while the bot ran: deploys, archivings, restores of another version.', registers: [registry] })
  const pause = new Gauge({ name: 'trivia_deploy_pause_seconds', help: 'How long answers waited for the last of them.', registers: [registry] })
  const smoke = new Gauge({ name: 'trivia_smoke_queries', help: 'Queries that were tried after it, by result.', labelNames: ['result'], registers: [registry] })
  const slowest = new Gauge({ name: 'trivia_smoke_query_slowest_seconds', help: 'The slowest of them.', registers: [registry] })
  return {
    lockWait: (milliseconds) => lockWaits.observe(milliseconds / 1000),
    deploySeen: ({ pauseMs, queries }) => {
      deploys.inc()
      pause.set(pauseMs / 1000)
      smoke.set({ result: 'ok' }, queries.count - queries.failed.length)
      smoke.set({ result: 'failed' }, queries.failed.length)
      slowest.set((queries.slowest?.ms ?? 0) / 1000)
    },
    firstAnswer: (handler, milliseconds) => firstAnswer.observe({ handler }, milliseconds / 1000),
    outcome: (handler, outcome) => interactions.inc({ handler, outcome }),
    databaseCall: (operation, milliseconds, ok) => database.observe({ operation, ok: String(ok) }, milliseconds / 1000),
    countGames: (count) => {
      registry.registerMetric(new Gauge({
        name: 'trivia_games_running', help: 'Games that go on.', registers: [],
        async collect() {
          this.set(await count().catch(() => Number.NaN))
        },
      }))
    },
    measureDatabase: (path, schemaVersion) => {
      // A look at the names only: opening the file here would let go of SQLite's locks on it.
      const gauge = (name: string, help: string, value: () => number | Promise<number>): void => registry.registerMetric(new Gauge({
        name, help, registers: [],
        async collect() {
          this.set(await value())
        },
      }))
      gauge('trivia_database_bytes', 'Size of the database.', () => sizeOf(path) ?? Number.NaN)
      gauge('trivia_database_wal_bytes', 'Size of its write-ahead log.', () => sizeOf(`${path}-wal`) ?? 0)
      gauge('trivia_schema_version', 'The version that the database says it has.', async () => (await schemaVersion().catch(() => null)) ?? Number.NaN)
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

/** Null for a file that is not there. */
function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null
}
