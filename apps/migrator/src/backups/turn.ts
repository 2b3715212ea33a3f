import { closeSync, openSync } from 'node:fs'
import { apply, type Ownership } from '../files/permissions.ts'
import { isBusy } from '../sqlite/busy.ts'
import { openDatabase } from '../sqlite/connection.ts'

/** Two that begin in the same moment hold parts of the lock for a moment each; see DeployLock. In milliseconds. */
const COLLISION_MS = 750

/**
 * One process at a time: an SQLite file, locked exclusively. The kernel frees it with the process. The file stays:
 * two processes could otherwise hold a lock each, on two files of one name.
 *
 * @returns how to give it back; null when another process has it
 */
export function takeTurn(file: string, ownership: Ownership): (() => void) | null {
  closeSync(openSync(file, 'a', ownership.mode))
  apply(ownership, file)
  return tryLock(file, COLLISION_MS)
}

/**
 * The same for a file that is there.
 *
 * @param patienceMs how long to wait for another process
 */
export function tryLock(file: string, patienceMs: number): (() => void) | null {
  const connection = openDatabase(file, { busyTimeoutMs: patienceMs })
  try {
    connection.exec('BEGIN EXCLUSIVE')
    // The answer refers to the connection: one that is garbage-collected gives up its lock.
    return () => connection.close()
  } catch (error) {
    connection.close()
    if (isBusy(error)) return null
    throw error
  }
}
