import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf, failed, messageOf } from '../errors.ts'
import { compact, copySnapshot, finish, prepareOrRefuse } from '../pipeline/candidate.ts'
import type { Context } from '../pipeline/context.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { archiveDeclaration, countLinks, readMoved } from './account.ts'

const MOVE = fileURLToPath(new URL('./move.ts', import.meta.url))

/**
 * Makes the candidate: a copy of the snapshot, in which old rows are moved to the archives. It stands in the place of
 * `migrate`, and like it leaves nothing but a file to throw away when it fails.
 */
export function archive(day: string): Step {
  return {
    name: 'migrate',
    run: async (context, state) => {
      const found = need(state as State, 'preflight')
      const { path: snapshot } = need(state as State, 'snapshot')
      const path = join(need(state as State, 'workDir'), `candidate-${state.round}-${process.pid}.db`)
      copySnapshot(snapshot, path)

      const { extras } = prepareOrRefuse(path, found, context)
      const run = randomUUID()
      const linksBefore = beginRun(path, run, day, context.now())
      await moveRows(path, context)
      const finished = finish(path, found, extras)
      context.events.progress('migrate', 'statistics')
      compact(path, found)

      const moved = withDatabase(path, { readonly: true }, (connection) => readMoved(connection, run, linksBefore))
      const stages = [{ before: snapshot, after: path, planned: [], declared: archiveDeclaration(moved) }]
      return {
        candidate: { path, applied: [], archiveRun: run, stages, adoption: null, quarantined: {}, ...finished },
        summary: `${moved.rows} rows moved to the archives of a copy`,
      }
    },
  }
}

/** Writes the run down, for the one who moves the rows to read. Returns how many links are in the archive before. */
function beginRun(path: string, run: string, day: string, now: Date): number {
  return withDatabase(path, {}, (connection) => {
    const time = now.toISOString().replace('Z', '+00:00')
    connection.prepare('INSERT INTO archive_runs (id, archived_at, older_than, rows_moved) VALUES (?, ?, ?, 0)').run(run, time, day)
    return countLinks(connection)
  })
}

async function moveRows(path: string, { runTask, events, signal }: Context): Promise<void> {
  try {
    await runTask('dataStep', { file: path, step: MOVE }, (text) => events.progress('migrate', text), signal)
  } catch (error) {
    // The disk's errors have words of their own, and one who was told to stop has not failed.
    if (signal.aborted || /^SQLITE_(FULL|IOERR|CORRUPT|BUSY)/.test(codeOf(error) ?? '')) throw error
    throw failed({
      code: 'ARCHIVE_FAILED',
      what: 'Old rows could not be moved to the archives.',
      why: `${messageOf(error)}.`,
      next: 'Look at the table that it names: a row of the same id may be in the archive already. The live database is as before.',
    }, error)
  }
}
