import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { indent, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'
import { EXIT } from '../errors.ts'
import { assertSpaceFor, megabytes } from '../files/space.ts'
import { type Connection, pragmaValue, withDatabase } from '../sqlite/connection.ts'
import { type QueryPlan, readPlans } from '../tasks/plans.ts'
import { readCatalog } from '../structure/catalog.ts'

interface Space {
  readonly bytes: number
  readonly freeBytes: number
  /** Share of pages that hold nothing, 0 to 1. */
  readonly fragmentation: number
}

/** `migrator optimize`: renews statistics, and shows where space and time go. */
export async function optimize(input: CommandInput, { vacuum }: { vacuum: boolean }): Promise<CommandResult> {
  const { settings: { database }, cwd } = input
  assertDatabaseThere(database)
  return withLock(input, () => {
    if (vacuum) assertSpaceFor(dirname(database), statSync(database).size * 2)
    const report = withDatabase(database, { busyTimeoutMs: 10_000 }, (connection) => {
      const before = spaceOf(connection)
      connection.exec('ANALYZE; PRAGMA optimize')
      if (vacuum) connection.exec('VACUUM')
      if (pragmaValue(connection, 'journal_mode') === 'wal') connection.pragma('wal_checkpoint(TRUNCATE)')
      const plans = readPlans(connection)
      return { before, after: spaceOf(connection), plans, unusedIndexes: unused(connection, plans) }
    })
    return { exitCode: EXIT.ok, json: { exitCode: EXIT.ok, database, vacuumed: vacuum, ...report, error: null }, text: render(report, shortPath(database, cwd), vacuum) }
  })
}

function spaceOf(connection: Connection): Space {
  const value = (name: string): number => Number(pragmaValue(connection, name))
  const pages = value('page_count')
  const free = value('freelist_count')
  return { bytes: pages * value('page_size'), freeBytes: free * value('page_size'), fragmentation: pages === 0 ? 0 : free / pages }
}

/** Indexes that none of the common queries uses: not useless, but worth a thought. */
function unused(connection: Connection, plans: readonly QueryPlan[]): string[] {
  const used = new Set(plans.flatMap((plan) => plan.indexes))
  return [...readCatalog(connection).indexes.keys()].filter((name) => !used.has(name))
}

function render({ before, after, plans, unusedIndexes }: { before: Space; after: Space; plans: readonly QueryPlan[]; unusedIndexes: readonly string[] }, name: string, vacuum: boolean): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  return [
    `✔ ${name}: statistics renewed${vacuum ? ', unused space given back' : ''}.`,
    `  size ${megabytes(before.bytes)}${after.bytes === before.bytes ? '' : ` → ${megabytes(after.bytes)}`}, unused ${megabytes(after.freeBytes)} (${percent(after.fragmentation)})${!vacuum && after.fragmentation > 0.1 ? '; "migrator optimize --vacuum" gives it back' : ''}`,
    '',
    indent(renderTable(['query', 'how'], plans.map((plan) => [plan.query, `${plan.scans ? '✖ ' : ''}${plan.plan.join('; ')}`]))),
    ...(unusedIndexes.length > 0 ? ['', `  used by none of these: ${unusedIndexes.join(', ')}`] : []),
  ].join('\n')
}
