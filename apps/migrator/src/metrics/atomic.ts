import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fsyncFolder } from '../files/durable.ts'

/**
 * Writes a file that other programs read at any moment, and that several of ours may write at once: each writes a
 * name of its own in the same folder, and renames it. The name begins with a dot and ends in something that no
 * collector takes for a finished file.
 *
 * @throws the system's error
 */
export function writeAtomically(path: string, content: string, mode: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    const descriptor = openSync(temporary, 'w', mode)
    try {
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    // The umask may have taken bits away that the reader needs.
    chmodSync(temporary, mode)
    renameSync(temporary, path)
    fsyncFolder(path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
