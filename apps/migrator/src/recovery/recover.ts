import { closeSync, copyFileSync, existsSync, openSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { checkFile } from '../backups/create.ts'
import type { Backup } from '../backups/store.ts'
import { withContent } from '../backups/content.ts'
import { openScratch } from '../backups/scratch.ts'
import { codeOf, failed, messageOf, refuse } from '../errors.ts'
import { renameDurably } from '../files/durable.ts'
import { apply, makeFolder, type Ownership } from '../files/permissions.ts'
import { assertSpaceFor } from '../files/space.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { deletionsOf, forgetAgain } from '../restore/reapply-deletions.ts'
import type { Settings } from '../settings.ts'
import { pragmaValue, withDatabase } from '../sqlite/connection.ts'
import { processesUsing } from '../sqlite/open-elsewhere.ts'
import { runTask } from '../tasks/run-task.ts'
import { fillFromBackup, finish, pointsIn } from './finish.ts'
import { PageFile } from './page-file.ts'
import { salvage, type Salvage } from './salvage.ts'

export interface RecoverRequest {
  readonly settings: Settings
  /** Where the salvaged file goes; nothing may be there. */
  readonly to: string
  /** Whether a third file is made of both, and where. */
  readonly merged: string | null
  readonly backup: Backup | null
  readonly withoutDeletions: boolean
  readonly now: Date
  readonly ownership: Ownership
}

/** A file that was made, and how it stands to the backup. */
export interface RecoveredFile {
  readonly path: string
  readonly rows: number
  readonly points: number
  /** Rows that broke a rule or belonged to lost ones, by table; `migrator quarantine list` shows them. */
  readonly setAside: Readonly<Record<string, number>>
  /** Players who were deleted again. */
  readonly forgotten: number
  /** `before` is the backup, `after` this file. */
  readonly comparison: readonly TableComparison[] | null
}

export interface Recovery {
  readonly damages: readonly string[]
  readonly salvage: Salvage
  readonly salvaged: RecoveredFile
  readonly merged: (RecoveredFile & { readonly filled: Readonly<Record<string, number>> }) | null
  readonly backup: { readonly path: string; readonly createdAt: string; readonly points: number } | null
}

const SIDECARS = ['', '-wal', '-journal']

/**
 * Saves what a damaged database still holds into a new file. All work is done on a copy: the database itself is read
 * once, and stays as it is to the bit.
 *
 * @throws MigratorError DATABASE_SOUND, FILE_IN_USE (exit 3), NOTHING_SALVAGED (exit 4)
 */
export async function recover(request: RecoverRequest): Promise<Recovery> {
  const { settings: { database, backupDir }, ownership, backup } = request
  assertUnused(database)
  assertSpaceFor(backupDir, statSync(database).size * (request.merged === null ? 3 : 4))
  makeFolder(backupDir, ownership)
  using scratch = openScratch(backupDir, 'recover')
  const copy = join(scratch.path, 'copy.db')
  takeCopy(database, copy)
  const damages = await openedDamages(copy)
  if (damages.length === 0) {
    throw refuse({ code: 'DATABASE_SOUND', what: `${database} is sound.`, why: 'integrity_check finds nothing: there is nothing to recover.', next: 'For what was deleted or changed by mistake take a backup: "migrator backup list".' })
  }
  // Where SQLite could not even open it, its try may have taken the log away.
  if (!opens(copy)) takeCopy(database, copy)
  if (backup === null) return await recoverCopy(copy, damages, null, scratch.path, request)
  return await withContent(backup.path, scratch.path, (content) => recoverCopy(copy, damages, content.file, scratch.path, request))
}

async function recoverCopy(copy: string, damages: readonly string[], backupFile: string | null, scratch: string, request: RecoverRequest): Promise<Recovery> {
  const { settings, backup } = request
  const now = request.now.toISOString()
  const pageSize = backupFile === null ? null : withDatabase(backupFile, { readonly: true }, (connection) => Number(pragmaValue(connection, 'page_size')))
  using file = new PageFile(copy, pageSize)
  const base = join(scratch, 'salvaged.db')
  closeSync(openSync(base, 'wx', 0o600))
  const found = withDatabase(base, {}, (connection) => {
    connection.pragma(`page_size = ${file.pageSize}`)
    return salvage(file, connection, { backup: backupFile, prismaDir: settings.prismaDir, now })
  })
  if (found.tables.every(({ rows, partial }) => rows + partial === 0)) {
    throw failed({
      code: 'NOTHING_SALVAGED',
      what: `Nothing of ${settings.database} can be read any more.`,
      why: damages[0] ?? 'No page holds a row.',
      next: backup === null ? 'There is no backup in this folder; look elsewhere with --backup-dir DIR.' : `Bring the backup back: "migrator restore ${basename(backup.path)}". The damaged bytes are kept.`,
      details: damages,
    })
  }
  const both = join(scratch, 'merged.db')
  if (request.merged !== null) copyFileSync(base, both)
  const salvaged = await complete(base, request.to, found, backupFile, request)
  const filled = request.merged === null || backupFile === null ? {} : withDatabase(both, {}, (connection) => fillFromBackup(connection, backupFile, found))
  const merged = request.merged === null ? null : { ...(await complete(both, request.merged, found, backupFile, request)), filled }
  const ofBackup = backup === null || backupFile === null ? null : { path: backup.path, createdAt: backup.createdAt, points: withDatabase(backupFile, { readonly: true }, (connection) => pointsIn(connection)) }
  return { damages, salvage: found, salvaged, merged, backup: ofBackup }
}

/** Finishes a file, proves that it is sound, compares it and gives it its name. */
async function complete(file: string, to: string, found: Salvage, backupFile: string | null, { settings, ownership, now, withoutDeletions }: RecoverRequest): Promise<RecoveredFile> {
  const setAside = withDatabase(file, {}, (connection) => finish(connection, found, now.toISOString()))
  const deletions = withoutDeletions ? null : deletionsOf(settings.database)
  const forgotten = deletions === null ? 0 : forgetAgain(file, deletions, null)
  const problems = await checkFile(file)
  const dangling = await runTask('foreignKeys', { file })
  if (problems.length + dangling.length > 0) throw new Error(`The recovered file is not sound: ${problems[0] ?? `${dangling[0]?.table} has a row that belongs to nothing`}.`)
  const comparison = backupFile === null ? null : await runTask('compare', { before: backupFile, after: file })
  const facts = withDatabase(file, {}, (connection) => ({ rows: found.tables.reduce((sum, { table }) => sum + Number(connection.prepare(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`).pluck().get()), 0), points: pointsIn(connection) }))
  makeFolder(dirname(to), ownership)
  if (existsSync(to)) throw fileThere(to)
  apply(ownership, file)
  moveTo(file, to)
  return { path: to, ...facts, setAside, forgotten, comparison }
}

/** It stands on the backups' file system; a copy is only made where the place is on another one. */
function moveTo(file: string, to: string): void {
  try {
    renameDurably(file, to)
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    const near = `${to}.partial`
    copyFileSync(file, near)
    renameDurably(near, to)
  }
}

function takeCopy(database: string, copy: string): void {
  for (const suffix of [...SIDECARS, '-shm']) rmSync(`${copy}${suffix}`, { force: true })
  // The shared memory of a log is made anew from it.
  for (const suffix of SIDECARS.filter((each) => existsSync(`${database}${each}`))) copyFileSync(`${database}${suffix}`, `${copy}${suffix}`)
}

function opens(copy: string): boolean {
  try {
    return withDatabase(copy, {}, (connection) => connection.prepare('SELECT count(*) FROM sqlite_schema').get() !== undefined)
  } catch {
    return false
  }
}

/** What is wrong with it; opening it rolls back what a crash left, and takes in the log. */
async function openedDamages(copy: string): Promise<string[]> {
  try {
    withDatabase(copy, {}, (connection) => {
      connection.prepare('SELECT count(*) FROM sqlite_schema').get()
      connection.pragma('wal_checkpoint(TRUNCATE)')
    })
  } catch (error) {
    return [messageOf(error)]
  }
  return statSync(copy).size === 0 ? ['the file is empty'] : await checkFile(copy)
}

function assertUnused(database: string): void {
  const processes = processesUsing(database)
  if (processes.length === 0) return
  throw refuse({
    code: 'FILE_IN_USE',
    what: `Other processes have ${database} open.`,
    why: `Processes ${processes.join(', ')} may write while it is copied, and every write into a damaged file can destroy more.`,
    next: 'Stop the bot and whatever else uses the database, and recover again.',
  })
}

/** The refusal to write over anything. */
export function fileThere(path: string): Error {
  return refuse({ code: 'FILE_EXISTS', what: `${path} is there already.`, why: 'recover only makes new files.', next: 'Name another with --to FILE.' })
}
