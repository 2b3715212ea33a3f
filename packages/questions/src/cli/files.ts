import { closeSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ImportFile } from '../importing/import.ts'
import { codeOf, messageOf, refuse } from './errors.ts'

const CHUNK = 1 << 20

/** @throws CliError with exit 3 when one of the files is not there or no file */
export function assertFiles(names: readonly string[], base: string): void {
  for (const name of names) {
    const stat = statSync(resolve(base, name), { throwIfNoEntry: false })
    if (stat === undefined) throw refuse({ code: 'FILE_MISSING', what: `There is no file ${name}.`, why: `Looked for ${resolve(base, name)}.`, next: 'Name a file that exists; nothing was imported.' })
    if (stat.isDirectory()) throw refuse({ code: 'NOT_A_FILE', what: `${name} is a folder.`, why: 'Only files are read.', next: `Name its files: ${name.replace(/\/$/, '')}/*` })
  }
}

/** Reads the files one by one, when their turn comes, and no more of each than the limit and one byte. */
export function* readFiles(names: readonly string[], base: string, maxBytes: number): Generator<ImportFile> {
  for (const name of names) yield { name, bytes: readUpTo(resolve(base, name), maxBytes + 1) }
}

function readUpTo(path: string, most: number): Uint8Array {
  const chunks: Buffer[] = []
  let total = 0
  let file: number | null = null
  try {
    file = openSync(path, 'r')
    while (total < most) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, most - total))
      const read = readSync(file, chunk)
      if (read === 0) break
      chunks.push(chunk.subarray(0, read))
      total += read
    }
    return Buffer.concat(chunks, total)
  } catch (error) {
    throw refuse({ code: 'FILE_UNREADABLE', what: `${path} cannot be read.`, why: `${messageOf(error)}.`, next: codeOf(error) === 'EACCES' ? 'Allow reading it; nothing was imported.' : 'Nothing was imported.' }, error)
  } finally {
    if (file !== null) closeSync(file)
  }
}

/**
 * Writes a file whole or not at all.
 *
 * @throws CliError with exit 3 when it exists and may not be replaced, or cannot be written
 */
export function writeWhole(path: string, parts: Iterable<string>, replace: boolean): void {
  if (!replace && statSync(path, { throwIfNoEntry: false }) !== undefined) {
    throw refuse({ code: 'FILE_EXISTS', what: `${path} exists.`, why: 'An export does not replace a file unasked.', next: 'Name another file, or add --force.' })
  }
  const draft = `${path}.${process.pid}.part`
  try {
    const file = openSync(draft, 'wx')
    try {
      for (const part of parts) writeSync(file, part)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    if (!/^(?:E[A-Z]+)$/.test(codeOf(error))) throw error
    throw refuse({ code: 'FILE_NOT_WRITTEN', what: `${path} could not be written.`, why: `${messageOf(error)}.`, next: 'Name a place that can be written.' }, error)
  }
}
