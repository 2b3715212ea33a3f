import { closeSync, copyFileSync, constants, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Adoption, prepareLegacy } from '../adoption/prepare.ts'
import { meaningfulTokens } from '../structure/ddl.ts'
import type { Preflight } from '../migrations/examine.ts'
import type { Context } from '../pipeline/context.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { migrateDeploy, markApplied } from '../prisma/migrate.ts'
import { quarantineBrokenRows } from '../quarantine/move.ts'
import { quoteText, withDatabase } from '../sqlite/connection.ts'
import type { SchemaObject } from '../structure/catalog.ts'
import { bringBack, completeIndexes, setAside } from '../structure/extras.ts'
import { replay } from '../structure/reference.ts'

/**
 * Makes the candidate: a copy of the snapshot, brought to the newest version by `prisma migrate deploy`.
 * A database of the older system is adopted first. A failure leaves nothing but a file to throw away.
 */
export const migrate: Step = {
  name: 'migrate',
  run: async (context, state) => {
    const found = need(state as State, 'preflight')
    const { path: snapshot } = need(state as State, 'snapshot')
    const path = join(need(state as State, 'workDir'), `candidate-${state.round}-${process.pid}.db`)
    copySnapshot(snapshot, path)
    const target = { database: path, prismaDir: context.settings.prismaDir, signal: context.signal }

    const prepared = prepare(path, found, context)
    for (const migration of found.baseline) await markApplied(context.runPrisma, target, migration)
    context.events.progress('migrate', 'prisma migrate deploy')
    await migrateDeploy(context.runPrisma, target, found.pending)
    const finished = finish(path, found, prepared.extras)
    context.events.progress('migrate', 'statistics')
    compact(path, found)

    const applied = found.pending.map((migration) => migration.name)
    const { adoption, quarantined } = prepared
    return {
      candidate: { path, applied, adoption, quarantined, ...finished },
      remarks: remarksOf(adoption, quarantined, finished),
      summary: `${applied.length} ${applied.length === 1 ? 'migration' : 'migrations'} applied to a copy`,
    }
  },
}

function copySnapshot(snapshot: string | null, path: string): void {
  // Made with its permissions before there is anything in it.
  closeSync(openSync(path, 'wx', 0o600))
  if (snapshot !== null) copyFileSync(snapshot, path, constants.COPYFILE_FICLONE)
}

interface Prepared {
  readonly extras: readonly SchemaObject[]
  readonly adoption: Adoption | null
  readonly quarantined: Readonly<Record<string, number>>
}

function prepare(path: string, found: Preflight, { options, now, events }: Context): Prepared {
  return withDatabase(path, {}, (connection) => {
    // Whatever fails here, the candidate is thrown away: it needs no journal, which would grow with the tables.
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

function finish(path: string, found: Preflight, extras: readonly SchemaObject[]): { extras: ReturnType<typeof bringBack>; completedIndexes: string[] } {
  return withDatabase(path, {}, (connection) => {
    connection.pragma('synchronous = OFF')
    return connection.transaction(() => ({
      completedIndexes: completeIndexes(connection, found.reference.catalog),
      extras: bringBack(connection, extras),
    }))()
  })
}

/** Statistics for the query planner, and the space back that a rebuild of a table leaves. */
function compact(path: string, found: Preflight): void {
  const rebuilt = found.pending.some((migration) => rebuildsTable(migration.sql))
  const whole = `${path}.whole`
  if (rebuilt) closeSync(openSync(whole, 'wx', 0o600))
  withDatabase(path, {}, (connection) => {
    connection.pragma('synchronous = OFF')
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

function remarksOf(adoption: Adoption | null, quarantined: Readonly<Record<string, number>>, finished: ReturnType<typeof finish>): string[] {
  const remarks: string[] = []
  if (adoption !== null) {
    const { conversion } = adoption
    remarks.push(`adopted a database of the older system, version ${adoption.fromVersion}`)
    if (conversion.answers > 0) remarks.push(`${conversion.answers} answers given as an option's number became its text`)
    if (conversion.times > 0) remarks.push(`${conversion.times} times became UTC`)
    if (conversion.ambiguousTimes > 0) remarks.push(`${conversion.ambiguousTimes} local times occur twice because of a change of clocks: the earlier one was taken`)
    if (conversion.skippedTimes > 0) remarks.push(`${conversion.skippedTimes} local times do not exist because of a change of clocks: they were moved on by it`)
    if (conversion.dates > 0) remarks.push(`${conversion.dates} days lost a time of day`)
    remarks.push(...adoption.completed.map((text) => `completed: ${text}`))
  }
  for (const [table, rows] of Object.entries(quarantined)) remarks.push(`${rows} rows of ${table} are in quarantine_${table} now`)
  if (finished.completedIndexes.length > 0) remarks.push(`completed indexes: ${finished.completedIndexes.join(', ')}`)
  if (finished.extras.kept.length > 0) remarks.push(`kept, though no migration knows them: ${finished.extras.kept.join(', ')}`)
  for (const left of finished.extras.leftOut) remarks.push(`left out: ${left.type} ${left.name}, because ${left.why}`)
  return remarks
}
