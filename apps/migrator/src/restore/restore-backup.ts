import { closeSync, copyFileSync, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { copyLive, lookAt } from '../backups/create.ts'
import { writeManifest } from '../backups/manifest.ts'
import { openScratch } from '../backups/scratch.ts'
import { removeBackup } from '../backups/store.ts'
import { refuse } from '../errors.ts'
import { makeFolder, type Ownership } from '../files/permissions.ts'
import type { Settings } from '../settings.ts'
import { isCorrupt } from '../sqlite/busy.ts'
import { count, pragmaValue, withDatabase } from '../sqlite/connection.ts'
import { LiveFile } from '../sqlite/live-file.ts'
import { createDatabaseFile } from '../sqlite/new-file.ts'
import { openLive } from '../sqlite/open-live.ts'
import { assertPublishable } from '../sqlite/publishable.ts'
import { countRows } from '../structure/tables.ts'
import { keepRawCopy, replaceBroken } from './replace-broken.ts'

/** What was kept of the database that a backup replaced. */
export interface Restored {
  /** The pre_restore backup. */
  readonly preRestore: string | null
  /** The folder with the bytes of a file that was too broken for a backup. */
  readonly rawCopy: string | null
  readonly rows: Readonly<Record<string, number>>
}

const HOLD_WAIT_MS = 10_000
const BLOCKED_MS = 15_000
const TRIES = 5

/** Puts a verified backup in the place of the live database, after keeping what is there. */
export async function restoreBackup(backup: string, { database, backupDir }: Settings, ownership: Ownership, now: () => Date): Promise<Restored> {
  makeFolder(backupDir, ownership)
  const rows = withDatabase(backup, { readonly: true }, countRows)
  let kept: Pick<Restored, 'preRestore' | 'rawCopy'> = { preRestore: null, rawCopy: null }
  if (!existsSync(database)) {
    if (!createDatabaseFile(backup, database, ownership)) throw new Error(`${database} appeared while it was restored.`)
  } else {
    kept = await replaceLive(backup, database, backupDir, ownership, now)
  }
  await settle(database, rows)
  return { ...kept, rows }
}

async function replaceLive(backup: string, database: string, backupDir: string, ownership: Ownership, now: () => Date): Promise<Pick<Restored, 'preRestore' | 'rawCopy'>> {
  let live: LiveFile
  try {
    live = LiveFile.open(database)
  } catch (error) {
    if (!isCorrupt(error)) throw error
    const rawCopy = keepRawCopy(database, backupDir, now(), ownership)
    await replaceBroken(backup, database, ownership)
    return { preRestore: null, rawCopy }
  }
  try {
    return { preRestore: await publishBackup(backup, live, backupDir, ownership, now), rawCopy: null }
  } finally {
    live.close()
  }
}

/** What is there is copied while writers wait, so that no write falls between the copy and the restore. */
async function publishBackup(backup: string, live: LiveFile, backupDir: string, ownership: Ownership, now: () => Date): Promise<string | null> {
  assertEncoding(backup, live)
  if (hasPageSizeOf(live, backup)) return await publishKeeping(backup, live, backupDir, ownership, now)
  using scratch = openScratch(backupDir, 'restore')
  return await publishKeeping(withPageSizeOf(live, backup, scratch.path), live, backupDir, ownership, now)
}

async function publishKeeping(source: string, live: LiveFile, backupDir: string, ownership: Ownership, now: () => Date): Promise<string | null> {
  assertPublishable(source, live)
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    await live.hold(HOLD_WAIT_MS)
    const witness = live.arm()
    const takenAt = now()
    const path = isBlank(live) ? null : await copyLive(live, { folder: backupDir, type: 'pre_restore', now: takenAt, ownership })
    if ((await live.publish(source, witness, BLOCKED_MS)) === 'published') {
      if (path !== null) await describePreRestore(path, live.path, takenAt, ownership)
      return path
    }
    if (path !== null) removeBackup(path)
  }
  throw refuse({
    code: 'WRITERS_NEVER_PAUSE',
    what: 'Others wrote to the database at each of several attempts.',
    why: 'What they wrote would have been in no backup.',
    next: 'Stop the bot for the restore, and restore again.',
  })
}

function hasPageSizeOf(live: LiveFile, backup: string): boolean {
  const has = withDatabase(backup, { readonly: true }, (connection) => pragmaValue(connection, 'page_size'))
  return pragmaValue(live.connection, 'page_size') === has || Number(pragmaValue(live.connection, 'page_count')) === 0
}

/** In WAL mode SQLite takes no other page size than the file has: a copy of the backup is given it. */
function withPageSizeOf(live: LiveFile, backup: string, folder: string): string {
  const copy = join(folder, 'page-size.db')
  closeSync(openSync(copy, 'wx', 0o600))
  copyFileSync(backup, copy)
  withDatabase(copy, {}, (connection) => {
    connection.pragma('journal_mode = DELETE')
    connection.pragma(`page_size = ${Number(pragmaValue(live.connection, 'page_size'))}`)
    connection.exec('VACUUM')
  })
  return copy
}

function assertEncoding(backup: string, live: LiveFile): void {
  const ours = pragmaValue(live.connection, 'encoding')
  const theirs = withDatabase(backup, { readonly: true }, (connection) => pragmaValue(connection, 'encoding'))
  if (ours === theirs || isBlank(live)) return
  throw refuse({
    code: 'BACKUP_FORMAT',
    what: `The backup stores texts as ${String(theirs)}, the database as ${String(ours)}.`,
    why: 'Programs that have the database open would read the new content wrongly.',
    next: 'Stop the bot, move the database away, and restore into the missing path.',
  })
}

async function describePreRestore(path: string, database: string, takenAt: Date, ownership: Ownership): Promise<void> {
  await writeManifest(path, { type: 'pre_restore', createdAt: takenAt.toISOString(), database, ...(await lookAt(path)) }, ownership)
}

async function settle(database: string, expected: Readonly<Record<string, number>>): Promise<void> {
  const live = openLive(database)
  try {
    const actual = countRows(live.connection)
    const wrong = Object.keys(expected).filter((table) => actual[table] !== expected[table])
    if (wrong.length > 0) throw new Error(`After the restore, ${wrong.join(', ')} do not have the backup's rows.`)
    await live.useWal(1000)
    live.settle()
  } finally {
    live.close()
  }
}

function isBlank(live: LiveFile): boolean {
  return count(live.connection, 'SELECT count(*) FROM sqlite_schema') === 0
}

