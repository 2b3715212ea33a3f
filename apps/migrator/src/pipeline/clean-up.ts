import { rmSync } from 'node:fs'
import { removeBackup } from '../backups/store.ts'
import type { State } from './state.ts'

/** Removes this run's pre-migration backup: nothing was migrated, or another round makes its own. */
export function discardPreBackup(state: State): void {
  const path = state.snapshot?.path
  if (path !== null && path !== undefined && !isWithin(state.workDir, path)) removeBackup(path)
  const { candidate } = state
  for (const file of [candidate?.path, ...(candidate?.stages.map((stage) => stage.after) ?? [])]) {
    if (file !== undefined) rmSync(file, { force: true })
  }
  delete state.snapshot
  delete state.preManifest
  delete state.candidate
  delete state.certificate
}

/**
 * Ends what the run holds, in the order that keeps SQLite's locks: watcher and descriptor, work folder, lock.
 *
 * @param keepWork leaves the work folder, from which the next deploy finishes what this one began
 */
export function cleanUp(state: State, keepWork: boolean): void {
  const actions = [
    () => state.live?.release(),
    () => state.live?.close(),
    () => state.workDir !== undefined && !keepWork && rmSync(state.workDir, { recursive: true, force: true }),
    () => state.scratch?.[Symbol.dispose](),
    () => state.lock?.release(),
  ]
  const errors: unknown[] = []
  for (const action of actions) {
    try {
      action()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, 'Cleaning up failed.')
}

function isWithin(folder: string | undefined, path: string): boolean {
  return folder !== undefined && path.startsWith(`${folder}/`)
}
