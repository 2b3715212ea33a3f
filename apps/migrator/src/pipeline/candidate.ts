import { closeSync, constants, copyFileSync, openSync, renameSync, rmSync } from 'node:fs'
import { type Adoption, prepareLegacy } from '../adoption/prepare.ts'
import { codeOf, messageOf, refuse } from '../errors.ts'
import type { Preflight } from '../migrations/examine.ts'
import { quarantineBrokenRows } from '../quarantine/move.ts'
import { limitMemory, quoteText, withDatabase } from '../sqlite/connection.ts'
import type { SchemaObject } from '../structure/catalog.ts'
import { meaningfulTokens } from '../structure/ddl.ts'
import { bringBack, completeIndexes, setAside } from '../structure/extras.ts'
import { replay } from '../structure/reference.ts'
import type { Context } from './context.ts'

/** Makes the candidate: a copy of the snapshot, or an empty file. */
export function copySnapshot(snapshot: string | null, path: string): void {
  if (snapshot === null) closeSync(openSync(path, 'wx', 0o600))
  else copyPrivately(snapshot, path)
}

/** A copy that has its permissions before there is anything in it. */
export function copyPrivately(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600))
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
}

/** What was done to the candidate before any migration. */
export interface Prepared {
  readonly extras: readonly SchemaObject[]
  readonly adoption: Adoption | null
  readonly quarantined: Readonly<Record<string, number>>
}

/** No migration has run yet: what goes wrong here is no migration's fault. */
export function prepareOrRefuse(path: string, found: Preflight, context: Context): Prepared {
  try {
    return prepare(path, found, context)
  } catch (error) {
    if (!codeOf(error)?.startsWith('SQLITE_') || /^SQLITE_(FULL|IOERR|CORRUPT|BUSY)/.test(codeOf(error) ?? '')) throw error
    throw refuse({
      code: 'NOT_PREPARED',
      what: 'The database could not be made ready for its migrations.',
      why: `${messageOf(error)}.`,
      next: 'Look at the table that it names; something about it is unlike what the trivia system makes.',
    }, error)
  }
}

function prepare(path: string, found: Preflight, { options, now, events }: Context): Prepared {
  return withDatabase(path, {}, (connection) => {
    // Whatever fails here, the candidate is thrown away: it needs no journal, which would grow with the tables.
    limitMemory(connection)
    connection.pragma('journal_mode = OFF')
    connection.pragma('synchronous = OFF')
    connection.pragma('foreign_keys = OFF')
    const known = found.origin === 'legacy' ? replay(found.baseline) : replay(found.migrations.filter((migration) => !found.pending.includes(migration)))
    return connection.transaction((): Prepared => {
      const extras = setAside(connection, known.catalog)
      const legacyTimezone = found.origin === 'legacy' ? options.legacyTimezone : null
      if (options.quarantine) events.progress('migrate', 'setting broken rows aside')
      const quarantined = options.quarantine ? quarantineBrokenRows(connection, { now: now().toISOString(), legacyTimezone }) : {}
      if (found.origin === 'legacy') events.progress('migrate', 'adopting the database of the older system')
      const adoption = found.origin === 'legacy' ? prepareLegacy(connection, found.baseline, options.legacyTimezone) : null
      return { extras, adoption, quarantined }
    })()
  })
}

/** What was put back and completed after the migrations. */
export interface Finished {
  readonly extras: ReturnType<typeof bringBack>
  readonly completedIndexes: readonly string[]
}

/** Completes missing indexes, and puts back what was set aside. */
export function finish(path: string, found: Preflight, extras: readonly SchemaObject[]): Finished {
  return withDatabase(path, {}, (connection) => {
    connection.pragma('synchronous = OFF')
    return connection.transaction(() => ({
      completedIndexes: completeIndexes(connection, found.reference().catalog),
      extras: bringBack(connection, extras),
    }))()
  })
}

/** Statistics for the query planner, and the space back that a rebuild of a table leaves. */
export function compact(path: string, found: Preflight): void {
  const rebuilt = found.pending.some((migration) => rebuildsTable(migration.sql))
  const whole = `${path}.whole`
  if (rebuilt) closeSync(openSync(whole, 'wx', 0o600))
  withDatabase(path, {}, (connection) => {
    connection.pragma('synchronous = OFF')
    limitMemory(connection)
    // A thousand rows of each index tell as much as all of them, in a tenth of the time.
    connection.pragma('analysis_limit = 1000')
    connection.exec('ANALYZE')
    if (rebuilt) connection.exec(`VACUUM INTO ${quoteText(whole)}`)
  })
  if (rebuilt) {
    rmSync(path)
    renameSync(whole, path)
  }
  withDatabase(path, {}, (connection) => connection.pragma('journal_mode = DELETE'))
}

function rebuildsTable(sql: string): boolean {
  const words = meaningfulTokens(sql).map((token) => token.text.toLowerCase())
  return words.some((word, index) => word === 'drop' && (words[index + 1] === 'table' || words[index + 1] === 'column'))
}
