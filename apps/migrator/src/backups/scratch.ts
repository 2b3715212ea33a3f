import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Ownership } from '../files/permissions.ts'
import { takeTurn, tryLock } from './turn.ts'

/** A folder for work that nobody else sees, on the backups' file system. It goes away with this object. */
export interface Scratch extends Disposable {
  readonly path: string
}

/** Nobody but this user has to do with it. */
const PRIVATE: Ownership = { mode: 0o600, uid: null, gid: null }

/** The lock of such a folder; a drill's stays, since its name does. */
const LOCK = /^(\.(scratch|drill)-[\w-]+)\.lock$/

/**
 * Makes an empty folder beside the backups. Whoever is killed leaves it; since the kernel frees the lock beside it with
 * the process, the next one knows that it is nobody's any more. A process's number would not tell: another one may have
 * it by now, and in a container it is the same each time.
 *
 * @param purpose a word for the one who sees the folder
 * @throws the system's error, such as that of a full disk
 */
export function openScratch(folder: string, purpose: 'recover' | 'restore' | 'rehearsal' | 'unpacked'): Scratch {
  removeAbandoned(folder)
  while (true) {
    const path = join(folder, `.scratch-${purpose}-${randomUUID().slice(0, 8)}`)
    const lock = `${path}.lock`
    const giveBack = takeTurn(lock, PRIVATE)
    // One who tidied up in this very moment may have taken it for abandoned.
    if (giveBack === null || !existsSync(lock)) {
      giveBack?.()
      continue
    }
    const remove = (): void => {
      try {
        for (const each of [path, lock]) rmSync(each, { recursive: true, force: true })
      } finally {
        giveBack()
      }
    }
    try {
      mkdirSync(path, { mode: 0o700 })
    } catch (error) {
      remove()
      throw error
    }
    return { path, [Symbol.dispose]: remove }
  }
}

/** Removes such folders of processes that are gone. What cannot be removed now is left to the next one. */
export function removeAbandoned(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const [, own, kind] = LOCK.exec(name) ?? []
    if (own === undefined || (kind === 'drill' && !existsSync(join(folder, own)))) continue
    try {
      removeIfAbandoned(join(folder, own), kind === 'scratch')
    } catch {
      // Another user's, or removed by another one meanwhile.
    }
  }
}

function removeIfAbandoned(path: string, withLock: boolean): void {
  const lock = `${path}.lock`
  const giveBack = tryLock(lock, 0)
  if (giveBack === null) return
  try {
    rmSync(path, { recursive: true, force: true })
    if (withLock) rmSync(lock, { force: true })
  } finally {
    giveBack()
  }
}
