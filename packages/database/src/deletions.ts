import { createHmac, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, readSync, realpathSync, rmSync, fstatSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What tells whether a key is the one that a ledger was begun with. */
const KEY_CHECK = 'the key of this ledger of deletions'
const KEY_BYTES = 32

/** The deletions that were asked for, as far as the key lets them be known again. */
export interface Deletions {
  /** When somebody asked last to be deleted, in milliseconds since 1970; null for those who never did. */
  readonly lastOf: (userId: string) => number | null
  /** When the last of all was. */
  readonly last: number | null
  /** Lines whose key is gone: of whom they are can never be known. */
  readonly unreadable: number
}

/**
 * Where a database's deletions are noted: beside it, so that no restore turns them back. Who reads a line learns when
 * somebody asked, and nothing of whom.
 */
export function deletionsPath(database: string): string {
  return `${existsSync(database) ? realpathSync(database) : database}.deletions`
}

/** The key of the hashes, which only the database's owner can read. */
export function deletionsKeyPath(database: string): string {
  return `${deletionsPath(database)}.key`
}

/**
 * Notes that a player asked to be deleted; returns when it is on the disk. It comes before the deletion: who is killed
 * in between has noted somebody who did ask.
 *
 * The hash has a secret key and no salt of its own: ids are guessable numbers, so only the key keeps them secret, and
 * with a salt for each line every id of a restored database would have to be tried with every line.
 */
export function recordDeletion(database: string, userId: string, at: number): void {
  const ledger = deletionsPath(database)
  const key = readKey(database) ?? createKey(database)
  createWhole(ledger, headerOf(key))
  const descriptor = openSync(ledger, 'a+', 0o600)
  try {
    const text = readFileSync(ledger, 'utf8')
    // A key that was lost and made anew begins a part of its own.
    const header = lastHeader(text) === checkOf(key) ? '' : headerOf(key)
    const torn = endsTorn(descriptor) ? '\n' : ''
    // In one write, so that lines of several processes do not mix.
    writeSync(descriptor, `${torn}${header}${JSON.stringify({ at: new Date(at).toISOString(), player: hashOf(key, userId) })}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Reads a database's ledger; null where nobody has ever asked. */
export function readDeletions(database: string): Deletions | null {
  const ledger = deletionsPath(database)
  if (!existsSync(ledger)) return null
  const key = readKey(database)
  const times = new Map<string, number>()
  let known = false
  let unreadable = 0
  for (const line of readFileSync(ledger, 'utf8').split('\n')) {
    const entry = parse(line)
    if (typeof entry?.key === 'string') known = key !== null && entry.key === checkOf(key)
    if (typeof entry?.player !== 'string' || typeof entry.at !== 'string') continue
    if (known) times.set(entry.player, Math.max(Date.parse(entry.at), times.get(entry.player) ?? -Infinity))
    else unreadable++
  }
  return {
    lastOf: (userId) => (key === null ? null : times.get(hashOf(key, userId)) ?? null),
    last: times.size === 0 ? null : Math.max(...times.values()),
    unreadable,
  }
}

function hashOf(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex')
}

function checkOf(key: Buffer): string {
  return hashOf(key, KEY_CHECK).slice(0, 16)
}

function headerOf(key: Buffer): string {
  return `${JSON.stringify({ format: 1, key: checkOf(key) })}\n`
}

function lastHeader(text: string): string | null {
  return text.split('\n').map(parse).findLast((entry) => typeof entry?.key === 'string')?.key as string | null | undefined ?? null
}

/** Whoever was killed while writing has left half a line: its deletion had not begun. */
function parse(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null
  } catch {
    return null
  }
}

function endsTorn(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  const end = Buffer.alloc(1)
  return size > 0 && readSync(descriptor, end, 0, 1, size - 1) === 1 && end.toString() !== '\n'
}

function readKey(database: string): Buffer | null {
  const file = deletionsKeyPath(database)
  const key = existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'hex') : null
  return key?.length === KEY_BYTES ? key : null
}

function createKey(database: string): Buffer {
  const file = deletionsKeyPath(database)
  if (existsSync(file)) throw new Error(`${file} holds no key. Bring it back, or take it away so that a new one is made.`)
  createWhole(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`)
  // Another process may have been first.
  const key = readKey(database)
  if (key === null) throw new Error(`${file} could not be made.`)
  return key
}

/** Makes a file with its content, durably, or leaves the one that is there. */
function createWhole(file: string, content: string): void {
  if (existsSync(file)) return
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${randomBytes(4).toString('hex')}`)
  const descriptor = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(descriptor, content)
    fsyncSync(descriptor)
    linkSync(temporary, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    closeSync(descriptor)
    rmSync(temporary, { force: true })
  }
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
