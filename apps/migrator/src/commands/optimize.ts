import { hostname } from 'node:os'
import { statSync } from 'node:fs'
import { commonQueries } from '@trivia/database/queries'
import { assertDatabaseThere, indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { EXIT } from '../errors.ts'
import { ownershipOf } from '../files/permissions.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { assertSpaceFor, megabytes } from '../files/space.ts'
import { type Connection, pragmaValue, withDatabase } from '../sqlite/connection.ts'
import { DeployLock } from '../sqlite/deploy-lock.ts'
import { explain } from '../sqlite/explain.ts'
import { readCatalog } from '../structure/catalog.ts'
import { dirname } from 'node:path'

interface Space {
  readonly bytes: number
  readonly freeBytes: number
  /** Share of pages that hold nothing, 0 to 1. */
  readonly fragmentation: number
}

interface Plan {
  readonly query: string
  readonly plan: readonly string[]
  /** Whether it goes through a whole table without an index. */
  readonly scans: boolean
  /** Names of the indexes that it uses. */
  readonly indexes: readonly string[]
}

/** `migrator optimize`: renews statistics, and shows where space and time go. */
export async function optimize({ settings, cwd, now, argv }: CommandInput, { vacuum }: { vacuum: boolean }): Promise<CommandResult> {
  const { database } = settings
  assertDatabaseThere(database)
  assertDatabasePlace(database)
  const lock = DeployLock.acquire(database, { pid: process.pid, host: hostname(), command: `migrator ${argv.join(' ')}`, since: now().toISOString() }, ownershipOf(database))
  try {
    if (vacuum) assertSpaceFor(dirname(database), statSync(database).size * 2)
    const report = withDatabase(database, { busyTimeoutMs: 10_000 }, (connection) => {
      const before = spaceOf(connection)
      connection.exec('ANALYZE; PRAGMA optimize')
      if (vacuum) connection.exec('VACUUM')
      if (pragmaValue(connection, 'journal_mode') === 'wal') connection.pragma('wal_checkpoint(TRUNCATE)')
      const plans = plansOf(connection)
      return { before, after: spaceOf(connection), plans, unusedIndexes: unused(connection, plans) }
    })
    return { exitCode: EXIT.ok, json: { exitCode: EXIT.ok, database, vacuumed: vacuum, ...report, error: null }, text: render(report, shortPath(database, cwd), vacuum) }
  } catch (error) {
    throw explain(error, database)
  } finally {
    lock.release()
  }
}

function spaceOf(connection: Connection): Space {
  const value = (name: string): number => Number(pragmaValue(connection, name))
  const pages = value('page_count')
  const free = value('freelist_count')
  return { bytes: pages * value('page_size'), freeBytes: free * value('page_size'), fragmentation: pages === 0 ? 0 : free / pages }
}

function plansOf(connection: Connection): Plan[] {
  const there = readCatalog(connection).tables
  return commonQueries
    .filter((query) => query.tables.every((table) => there.has(table)))
    .map((query) => {
      const plan = (connection.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all() as { detail: string }[]).map((row) => row.detail)
      const indexes = plan.flatMap((line) => /USING (?:COVERING )?INDEX (\w+)/.exec(line)?.[1] ?? [])
      return { query: query.name, plan, scans: plan.some((line) => line.startsWith('SCAN ') && !line.includes(' INDEX ')), indexes }
    })
}

/** Indexes that none of the common queries uses: not useless, but worth a thought. */
function unused(connection: Connection, plans: readonly Plan[]): string[] {
  const used = new Set(plans.flatMap((plan) => plan.indexes))
  return [...readCatalog(connection).indexes.keys()].filter((name) => !used.has(name))
}

function render({ before, after, plans, unusedIndexes }: { before: Space; after: Space; plans: readonly Plan[]; unusedIndexes: readonly string[] }, name: string, vacuum: boolean): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  return [
    `✔ ${name}: statistics renewed${vacuum ? ', unused space given back' : ''}.`,
    `  size ${megabytes(before.bytes)}${after.bytes === before.bytes ? '' : ` → ${megabytes(after.bytes)}`}, unused ${megabytes(after.freeBytes)} (${percent(after.fragmentation)})${!vacuum && after.fragmentation > 0.1 ? '; "migrator optimize --vacuum" gives it back' : ''}`,
    '',
    indent(renderTable(['query', 'how'], plans.map((plan) => [plan.query, `${plan.scans ? '✖ ' : ''}${plan.plan.join('; ')}`]))),
    ...(unusedIndexes.length > 0 ? ['', `  used by none of these: ${unusedIndexes.join(', ')}`] : []),
  ].join('\n')
}
