import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf, refuse } from '../errors.ts'
import { fsyncFolder, fsyncPath } from '../files/durable.ts'
import { apply, makeFolder, type Ownership } from '../files/permissions.ts'
import { copyDatabase, openDatabase } from '../sqlite/connection.ts'
import { createDatabaseFile } from '../sqlite/new-file.ts'
import { processesUsing } from '../sqlite/open-elsewhere.ts'

const SIDECARS = ['', '-wal', '-shm', '-journal']

/**
 * Keeps the bytes of a file that is too broken to be backed up, with what stands beside it. Only for a file that
 * no connection of this process has open.
 *
 * @returns the folder with the copies
 */
export function keepRawCopy(database: string, backupDir: string, now: Date, ownership: Ownership): string {
  const folder = join(backupDir, `broken_${basename(database)}_${now.toISOString().replaceAll(/[-:.]/g, '')}`)
  makeFolder(folder, ownership)
  for (const suffix of SIDECARS.filter((each) => existsSync(`${database}${each}`))) {
    const copy = join(folder, `${basename(database)}${suffix}`)
    copyFileSync(`${database}${suffix}`, copy)
    apply(ownership, copy)
    fsyncPath(copy)
  }
  fsyncFolder(join(folder, 'x'))
  return folder
}

/**
 * Puts a backup in the place of a file that SQLite cannot open. Damaged pages can be written over in place, also
 * under open readers. A destroyed header cannot: the file goes, when nobody has it open, and a new one comes.
 *
 * @throws MigratorError FILE_IN_USE (exit 3)
 */
export async function replaceBroken(backup: string, database: string, ownership: Ownership): Promise<void> {
  try {
    if (await writeOver(backup, database)) return
  } catch (error) {
    assertUnused(database, error)
  }
  assertUnused(database, null)
  for (const suffix of SIDECARS) rmSync(`${database}${suffix}`, { force: true })
  fsyncFolder(database)
  if (!createDatabaseFile(backup, database, ownership)) throw new Error(`${database} came back while it was replaced.`)
}

async function writeOver(backup: string, database: string): Promise<boolean> {
  const source = openDatabase(backup, { readonly: true })
  try {
    return await copyDatabase(source, database)
  } finally {
    source.close()
  }
}

function assertUnused(database: string, cause: unknown): void {
  const processes = processesUsing(database)
  if (processes.length === 0) return
  throw refuse({
    code: 'FILE_IN_USE',
    what: `${database} is too broken to be written over, and other processes have it open.`,
    why: `Processes ${processes.join(', ')} would go on writing into the old file${cause === null ? '' : ` (${messageOf(cause)})`}.`,
    next: 'Stop the bot and whatever else uses the database, and restore again.',
  })
}
