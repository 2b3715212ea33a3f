import { basename, dirname, join } from 'node:path'
import { writeFileDurably } from '../files/durable.ts'

/**
 * Writes a file that other programs read at any moment, and that several of ours may write at once: each writes a
 * name of its own in the same folder, and renames it. The name begins with a dot and ends in something that no
 * collector takes for a finished file.
 *
 * @throws the system's error
 */
export function writeAtomically(path: string, content: string, mode: number): void {
  writeFileDurably(path, content, mode, join(dirname(path), `.${basename(path)}.${process.pid}.partial`))
}
