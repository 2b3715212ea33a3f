import { existsSync } from 'node:fs'
import { EXIT, failed, messageOf, MigratorError, refuse } from '../errors.ts'
import { newBackupPath } from '../backups/store.ts'
import { accept } from '../structure/accepted.ts'
import { readLedger } from '../migrations/ledger.ts'
import type { Context } from '../pipeline/context.ts'
import { writeJournal } from '../pipeline/journal.ts'
import { bearsMark, type PublishMark } from '../pipeline/publish-mark.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { assertPublishable } from '../sqlite/publishable.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { explain } from '../sqlite/explain.ts'
import type { LiveFile, Witness } from '../sqlite/live-file.ts'
import { createDatabaseFile } from '../sqlite/new-file.ts'
import { openLive } from '../sqlite/open-live.ts'

/** How long open readers and writers may keep the publish waiting, in milliseconds. */
const BLOCKED_MS = 15_000
/** How long to try for write-ahead logging afterwards, in milliseconds; readers may be in the way. */
const WAL_MS = 1_000

/** Puts the proven candidate into the live file, in one transaction, unless somebody wrote since the snapshot. */
export const publish: Step = {
  name: 'publish',
  run: async (context, state) => {
    const { path, applied, archiveRun } = need(state as State, 'candidate')
    const snapshot = need(state as State, 'snapshot')
    const mark: PublishMark = { ledgerIds: newLedgerIds(path, applied), ...(archiveRun === undefined ? {} : { archiveRun }) }
    acceptExtras(context, state)
    const plannedBackup = newBackupPath(context.settings.backupDir, 'post_migration', context.now())
    writeJournal(need(state as State, 'workDir'), {
      startedAt: snapshot.takenAt.toISOString(),
      preBackup: snapshot.path,
      publishing: { candidate: path, ...mark, postBackup: plannedBackup },
    })
    // Beside the publish, which has the other core idle: the candidate does not change any more.
    const candidateHash = context.runTask('hash', { file: path }).catch(() => undefined)
    const start = performance.now()
    const { live } = state
    const result = live && snapshot.witness
      ? await intoFile(live, snapshot.witness, path, mark, context)
      : await asNewFile(path, context, state)
    const heldSince = snapshot.holding ? context.now().getTime() - snapshot.takenAt.getTime() : performance.now() - start
    const expectedHoldMs = context.now().getTime() - snapshot.takenAt.getTime()
    if (result.outcome === 'changed') {
      return { publish: { outcome: 'changed', writersHeldMs: 0, walMode: false }, expectedHoldMs, summary: 'somebody wrote meanwhile: again from a new snapshot' }
    }
    const remarks = result.walMode ? [] : ['write-ahead logging could not be switched on: others have the database open']
    return {
      ...(result.live === undefined ? {} : { live: result.live }),
      plannedBackup,
      candidateHash: await candidateHash,
      publish: { outcome: 'published', writersHeldMs: Math.round(heldSince), walMode: result.walMode },
      remarks,
      summary: 'the live database has the new content',
    }
  },
}

/** Before the publish: a deploy killed right after it must not find what it kept to be unknown. */
function acceptExtras({ settings }: Context, state: Readonly<State>): void {
  const { toAccept } = need(state as State, 'certificate')
  if (toAccept.length > 0) accept(settings.database, toAccept, 'kept when the database was adopted', need(state as State, 'ownership'))
}

type Published = { outcome: 'changed' } | { outcome: 'published'; walMode: boolean; live?: LiveFile }

async function intoFile(live: LiveFile, witness: Witness, candidate: string, mark: PublishMark, { settings }: Context): Promise<Published> {
  assertPublishable(candidate, live)
  const decided = <T>(action: () => T): T => orUnsettled(action, settings.database)
  try {
    if ((await live.publish(candidate, witness, BLOCKED_MS)) === 'changed') return { outcome: 'changed' }
  } catch (error) {
    // Given up while waiting: nothing was written.
    if (error instanceof MigratorError) throw error
    // An error may come although the content is new: the content decides, seen by a fresh connection.
    if (!decided(() => isNew(settings.database, mark))) throw explain(error, settings.database)
  }
  if (!decided(() => isNew(settings.database, mark))) {
    throw failed({
      code: 'PUBLISH_LOST',
      what: 'The publish ended without an error, and the live database is as before.',
      why: 'SQLite reported success, but the new content is not there.',
      next: 'Deploy again; if it happens twice, look at the disk ("dmesg").',
    })
  }
  return { outcome: 'published', walMode: await settle(live) }
}

async function asNewFile(candidate: string, { settings }: Context, state: Readonly<State>): Promise<Published> {
  if (existsSync(settings.database) || !createDatabaseFile(candidate, settings.database, need(state as State, 'ownership'))) {
    throw refuse({
      code: 'DATABASE_APPEARED',
      what: `${settings.database} did not exist when the deploy began, and does now.`,
      why: 'Another program has made it meanwhile.',
      next: 'Deploy again: it is migrated like any other database.',
    })
  }
  const live = orUnsettled(() => openLive(settings.database), settings.database)
  return { outcome: 'published', walMode: await settle(live), live }
}

/** Switches to WAL, and makes the new content survive a power loss. Returns whether WAL is on. */
async function settle(live: LiveFile): Promise<boolean> {
  try {
    const walMode = await live.useWal(WAL_MS)
    live.settle()
    return walMode
  } catch (error) {
    throw unsettled(error, live.path)
  }
}

function orUnsettled<T>(action: () => T, database: string): T {
  try {
    return action()
  } catch (error) {
    throw unsettled(error, database)
  }
}

/** From the commit on, a failure is no refusal any more. The work folder stays, so that the next deploy finishes. */
function unsettled(error: unknown, database: string): MigratorError {
  return new MigratorError(EXIT.manual, {
    code: 'PUBLISH_UNSETTLED',
    what: `The new content was being written to ${database}, and it is not certain that it is on the disk.`,
    why: `${messageOf(error)}.`,
    next: 'Look at the disk ("dmesg") and its free space, then deploy again: it looks which content is there, and finishes or starts anew.',
  }, { cause: error })
}

/** Whether the live file has the candidate's content. */
function isNew(database: string, mark: PublishMark): boolean {
  return withDatabase(database, {}, (connection) => bearsMark(connection, mark))
}

/** The rows of Prisma's ledger that only the candidate has. */
function newLedgerIds(candidate: string, applied: readonly string[]): string[] {
  return withDatabase(candidate, { readonly: true }, (connection) =>
    (readLedger(connection) ?? []).filter((row) => applied.includes(row.name) && row.finished).map((row) => row.id),
  )
}

