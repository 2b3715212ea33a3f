import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'

/** Who may read and write the files that belong to a database: as many people as the database itself. */
export interface Ownership {
  /** Permission bits without the execute ones. */
  readonly mode: number
  readonly uid: number | null
  readonly gid: number | null
}

/** The live database's ownership; for a missing one that of a file that this process would make. */
export function ownershipOf(database: string): Ownership {
  const stat = statSync(database, { throwIfNoEntry: false })
  if (stat === undefined) return { mode: 0o666 & ~currentUmask(), uid: null, gid: null }
  return { mode: stat.mode & 0o666, uid: stat.uid, gid: stat.gid }
}

/** Gives a file of ours the live database's permissions and, where this process may, its owner. */
export function apply(ownership: Ownership, file: string): void {
  if (ownership.uid !== null && ownership.gid !== null && process.getuid?.() === 0) chownSync(file, ownership.uid, ownership.gid)
  chmodSync(file, ownership.mode)
}

/** Makes a folder, and its parents, that no more people can enter than can read the database. */
export function makeFolder(folder: string, ownership: Ownership): void {
  const enter = (ownership.mode & 0o444) >> 2
  const first = mkdirSync(folder, { recursive: true, mode: ownership.mode | enter | 0o700 })
  if (first === undefined) return
  if (ownership.uid !== null && ownership.gid !== null && process.getuid?.() === 0) chownSync(folder, ownership.uid, ownership.gid)
}

function currentUmask(): number {
  // Setting it is the way to read it that is not deprecated; nothing else runs in between.
  const umask = process.umask(0o077)
  process.umask(umask)
  return umask
}
