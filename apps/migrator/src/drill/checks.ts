import { commonQueries } from '@trivia/database/queries'
import type { Content } from '../backups/content.ts'
import type { Manifest } from '../backups/manifest.ts'
import { manifestDifferences, rowDifferences } from '../backups/verify.ts'
import { sha256File } from '../files/hash.ts'
import { statSync } from 'node:fs'
import { examineDatabase, type Preflight, structureDrift } from '../migrations/examine.ts'
import { readMigrations } from '../migrations/folder.ts'
import { messageOf } from '../errors.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { readAccepted, withoutAccepted } from '../structure/accepted.ts'
import { readCatalog } from '../structure/catalog.ts'
import { countRows } from '../structure/tables.ts'
import { checkLive } from '../tasks/check-live.ts'
import { deletionsOf, forgetAgain } from '../restore/reapply-deletions.ts'
import { runTask } from '../tasks/run-task.ts'

/** What a drill looks at, in this order. Its JSON has a key for each. */
export const checkNames = ['hash', 'restore', 'integrity', 'foreignKeys', 'rows', 'data', 'structure', 'queries', 'deploy'] as const
export type CheckName = (typeof checkNames)[number]

/** What is wrong, by check; a check without anything wrong has passed. */
export type Findings = Partial<Record<CheckName, readonly string[]>>

/** The file against its manifest. */
export async function checkHash(backup: string, manifest: Manifest | null, content: Content): Promise<string[]> {
  if (manifest === null) return ['it has no manifest: it was never finished, or the manifest was taken away', ...content.problems]
  const found = { sha256: await sha256File(backup), bytes: statSync(backup).size }
  return [...content.problems, ...manifestDifferences(manifest, found, content)]
}

/** The restored file by itself, and its rows against what was noted when the backup was made. */
export async function checkRestored(restored: string, manifest: Manifest | null): Promise<Findings> {
  const { problems, danglingRows } = await checkLive(restored)
  if (problems.length > 0) return { integrity: problems, foreignKeys: NOT_REACHED, rows: NOT_REACHED, data: NOT_REACHED }
  const { figures } = await runTask('inspect', { file: restored })
  return {
    integrity: [],
    foreignKeys: danglingRows.map((row) => `${row.table} row ${row.rowid ?? '?'} belongs to a row that is not in ${row.parent}`),
    rows: manifest === null ? [] : rowDifferences(withDatabase(restored, {}, countRows), manifest.rows),
    data: manifest === null ? [] : figureDifferences(figures, manifest.figures),
  }
}

/** What a check says that could not be made, because of one before it. */
export const NOT_REACHED: readonly string[] = ['not reached']

/**
 * The structure against what the migrations of its version make.
 *
 * @param database the live one, whose operator may have accepted differences
 */
export function checkStructure(restored: string, database: string, prismaDir: string): { problems: readonly string[]; found: Preflight | null } {
  try {
    return withDatabase(restored, {}, (connection) => {
      const found = examineDatabase(connection, restored, prismaDir, readMigrations(prismaDir))
      // One of the older system is recognised or refused; its own tables may stay.
      const drift = found.origin === 'managed' ? withoutAccepted(structureDrift(connection, found), readAccepted(database)) : []
      return { problems: drift.map((difference) => difference.text), found }
    })
  } catch (error) {
    return { problems: [messageOf(error)], found: null }
  }
}

/**
 * The bot's common queries, each asked to its end.
 *
 * @param isNewest whether every migration is done: an older structure lacks columns of later queries
 */
export function checkQueries(restored: string, isNewest: boolean): string[] {
  return withDatabase(restored, {}, (connection) => {
    const { tables } = readCatalog(connection)
    return commonQueries.filter((query) => query.tables.every((table) => tables.has(table))).flatMap(({ name, sql }) => {
      try {
        connection.prepare(sql).all()
        return []
      } catch (error) {
        return !isNewest && /^no such column/.test(messageOf(error)) ? [] : [`the query "${name}": ${messageOf(error)}`]
      }
    })
  })
}

/**
 * Deletes again, as a restore would, who asked for it since the backup was made.
 *
 * @param database the live one, beside which the deletions are noted
 */
export function checkDeletions(restored: string, database: string, since: string | null): string[] {
  try {
    const deletions = deletionsOf(database)
    if (deletions !== null) forgetAgain(restored, deletions, since)
    return []
  } catch (error) {
    return [messageOf(error)]
  }
}

/** Rules that one of the two does not know are nobody's finding. */
function figureDifferences(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => actual[name] !== undefined && actual[name] !== value)
    .map(([name, value]) => `${name} is ${actual[name]}, its manifest says ${value}`)
}
