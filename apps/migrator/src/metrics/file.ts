import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { codeOf } from '../errors.ts'
import { writeAtomically } from './atomic.ts'

/** What a file of ours begins with. */
const BEGINNING = '# HELP trivia_migrator_'

/**
 * Writes the metrics file. Nothing else is written over: not the database, a backup or whatever an option that was
 * mistyped names.
 *
 * @throws an Error with the reason, or the system's
 */
export function writeMetricsFile(path: string, content: string, database: string): void {
  if (isPartOf(path, database)) throw new Error('it belongs to the database')
  const beginning = readBeginning(path)
  if (beginning !== '' && beginning !== BEGINNING) throw new Error('another file is there, and stays')
  writeAtomically(path, content, 0o644)
}

/** The database itself, its write-ahead log, and all else that stands beside it under its name. */
function isPartOf(path: string, database: string): boolean {
  const real = (each: string): string => (existsSync(dirname(each)) ? join(realpathSync(dirname(each)), basename(each)) : each)
  const [file, own] = [real(path), real(database)]
  return file === own || file.startsWith(`${own}-`) || file.startsWith(`${own}.`)
}

function readBeginning(path: string): string {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
  try {
    const bytes = Buffer.alloc(BEGINNING.length)
    return bytes.toString('latin1', 0, readSync(descriptor, bytes))
  } finally {
    closeSync(descriptor)
  }
}
