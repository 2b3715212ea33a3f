import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { copyLive } from '../backups/create.ts'
import { openScratch, type Scratch } from '../backups/scratch.ts'
import { newBackupPath } from '../backups/store.ts'
import { refuse } from '../errors.ts'
import type { Context } from '../pipeline/context.ts'
import { writeJournal } from '../pipeline/journal.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import type { Settings } from '../settings.ts'
import { count, pragmaValue } from '../sqlite/connection.ts'
import type { LiveFile } from '../sqlite/live-file.ts'

/** From this round on writers are held back while the copy is migrated and proven. */
export const HOLDING_ROUND = 4
/** After so many rounds it is given up. */
const LAST_ROUND = 8
/** How long to wait for a pause between writes, in milliseconds. */
const HOLD_WAIT_MS = 10_000

/** The pre-migration backup: online, synced, renamed into place. */
export const snapshot: Step = {
  name: 'snapshot',
  run: async (context, state) => {
    const { live } = state
    const workDir = need(state as State, 'workDir')
    const startedAt = context.now()
    if (!live) return { snapshot: { path: null, witness: null, takenAt: startedAt, holding: false }, summary: 'there is nothing to copy' }
    const holding = state.round >= HOLDING_ROUND
    const remarks = holding ? [await holdWriters(live, context, state)] : []
    const witness = live.arm()
    if (isBlank(live)) return { snapshot: { path: null, witness, takenAt: startedAt, holding }, remarks, summary: 'there is nothing to copy' }
    const folder = context.settings.backupDir
    const path = newBackupPath(folder, 'pre_migration', startedAt)
    // Before there is such a file: a deploy that is killed meanwhile leaves none that nobody knows of.
    writeJournal(workDir, { startedAt: startedAt.toISOString(), preBackup: path, publishing: null })
    await copyLive(live, {
      folder,
      path,
      scratch: workDir,
      type: 'pre_migration',
      now: startedAt,
      ownership: need(state as State, 'ownership'),
    })
    return { snapshot: { path, witness, takenAt: startedAt, holding }, remarks, summary: basename(path) }
  },
}

/** The same for a rehearsal: into a folder that goes away with it. */
export const rehearsalSnapshot: Step = {
  name: 'snapshot',
  run: async ({ settings, now }, state) => {
    const { live } = state
    const scratch = rehearsalFolder(settings)
    const workDir = scratch.path
    if (!live || isBlank(live)) return { workDir, scratch, snapshot: { path: null, witness: null, takenAt: now(), holding: false }, summary: 'there is nothing to copy' }
    const ownership = need(state as State, 'ownership')
    try {
      const path = await copyLive(live, { folder: workDir, scratch: workDir, type: 'pre_migration', now: now(), ownership })
      return { workDir, scratch, snapshot: { path, witness: null, takenAt: now(), holding: false }, summary: 'copied' }
    } catch (error) {
      scratch[Symbol.dispose]()
      throw error
    }
  },
}

/** Beside the backups, where the disk is known to be large enough, if there is such a folder yet. */
function rehearsalFolder({ backupDir }: Settings): Scratch {
  return openScratch(existsSync(backupDir) ? backupDir : tmpdir(), 'rehearsal')
}

async function holdWriters(live: LiveFile, { options, events }: Context, state: Readonly<State>): Promise<string> {
  const expected = Math.ceil((state.expectedHoldMs ?? 0) / 1000)
  if (expected > options.maxHoldSeconds || state.round > LAST_ROUND) {
    throw refuse({
      code: 'HOLD_TOO_LONG',
      what: `Others write to the database all the time, and holding them back would take about ${expected} s.`,
      why: `At most ${options.maxHoldSeconds} s are allowed (--max-hold).`,
      next: 'Stop the bot for the deploy, or allow a longer hold with --max-hold; a running bot keeps answers for 90 s.',
    })
  }
  events.progress('snapshot', `holding writers back for about ${expected} s`)
  await live.hold(HOLD_WAIT_MS)
  // Letting go early is safe: the publish looks for itself whether anybody wrote.
  setTimeout(() => live.release(), options.maxHoldSeconds * 1000).unref()
  return 'writers had to wait, because they had written in each round before'
}

/** A file without a table: not worth a backup, and without a page nothing that could be copied. */
function isBlank(live: LiveFile): boolean {
  return Number(pragmaValue(live.connection, 'page_count')) === 0 || count(live.connection, 'SELECT count(*) FROM sqlite_schema') === 0
}

