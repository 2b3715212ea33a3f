import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a file's content survive a power loss. Never call it on the live database: see LiveFile. */
export function fsyncPath(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes the names in the folder of `path` survive a power loss: a rename or a new file. */
export function fsyncFolder(path: string): void {
  fsyncPath(dirname(path))
}

/**
 * Writes a file so that it is either wholly there or as before: temporary file, sync, rename, sync of the folder.
 *
 * @param temporary a name in the same folder; where several may write the same file at once, each needs its own
 */
export function writeFileDurably(path: string, content: string, mode: number, temporary = `${path}.partial`): void {
  try {
    const descriptor = openSync(temporary, 'w', mode)
    try {
      // Unlike writeSync it goes on where a nearly full disk took a part only.
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    // The umask may have taken bits away that a reader needs.
    chmodSync(temporary, mode)
    renameSync(temporary, path)
    fsyncFolder(path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Moves a finished file to its name: sync, rename, sync of the folder. */
export function renameDurably(from: string, to: string): void {
  fsyncPath(from)
  renameSync(from, to)
  fsyncFolder(to)
}
