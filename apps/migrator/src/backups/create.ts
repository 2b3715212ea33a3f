import { chmodSync, closeSync, openSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { renameDurably } from '../files/durable.ts'
import { apply, makeFolder, type Ownership } from '../files/permissions.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { LiveFile } from '../sqlite/live-file.ts'
import { runTask } from '../tasks/run-task.ts'
import { compressFile } from './compression.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import type { BackupType } from './types.ts'
import { newBackupPath } from './store.ts'

export interface BackupRequest {
  readonly folder: string
  /** Its name, where the caller has had to know it before. */
  readonly path?: string
  /** Where the file stands until it is finished, on the same file system. The folder itself by default. */
  readonly scratch?: string
  readonly type: BackupType
  readonly now: Date
  readonly ownership: Ownership
}

/** Copies the live database, online, into a finished file with its final name. It has no manifest yet. */
export async function copyLive(live: LiveFile, request: BackupRequest): Promise<string> {
  makeFolder(request.folder, request.ownership)
  const path = request.path ?? newBackupPath(request.folder, request.type, request.now)
  const temporary = join(request.scratch ?? request.folder, `${basename(path)}.partial`)
  try {
    // Made with its permissions before there is anything in it.
    closeSync(openSync(temporary, 'wx', 0o600))
    await live.snapshot(temporary)
    makeWhole(temporary)
    apply(request.ownership, temporary)
    renameDurably(temporary, path)
    return path
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${temporary}${suffix}`, { force: true })
    // It may have its name already, when the sync of the folder failed.
    rmSync(path, { force: true })
    throw error
  }
}

/** Copies, checks and describes: a whole backup. */
export async function createBackup(live: LiveFile, request: BackupRequest, compressed = false): Promise<{ path: string; manifest: Manifest }> {
  if (compressed) return createCompressed(live, request)
  const path = await copyLive(live, request)
  return { path, manifest: await writeManifest(path, { ...factsOf(live, request), ...(await lookAt(path)) }, request.ownership) }
}

/** The same, compressed. The copy is looked at before; it has a name that nobody takes for a backup. */
async function createCompressed(live: LiveFile, request: BackupRequest): Promise<{ path: string; manifest: Manifest }> {
  const name = request.path ?? newBackupPath(request.folder, request.type, request.now)
  const [plain, path] = [`${name}.partial`, `${name}.zst`]
  try {
    await copyLive(live, { ...request, path: plain })
    const found = await lookAt(plain)
    const content = { path: plain, ...(await compressFile(plain, `${path}.partial`)) }
    apply(request.ownership, `${path}.partial`)
    renameDurably(`${path}.partial`, path)
    return { path, manifest: await writeManifest(path, { ...factsOf(live, request), ...found, content }, request.ownership) }
  } catch (error) {
    for (const file of [`${path}.partial`, path]) rmSync(file, { force: true })
    throw error
  } finally {
    rmSync(plain, { force: true })
  }
}

function factsOf(live: LiveFile, { type, now }: BackupRequest): Pick<Manifest, 'type' | 'createdAt' | 'database'> {
  return { type, createdAt: now.toISOString(), database: live.path }
}

/** What integrity_check says of a finished file; unreadable counts as a problem. */
export async function checkFile(path: string): Promise<string[]> {
  try {
    return await runTask('integrity', { file: path })
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** What a manifest says of a finished file: its damages, and the figures of `validate` where it has none. */
export async function lookAt(path: string): Promise<{ problems: string[]; figures: Readonly<Record<string, number>> }> {
  const [problems, figures] = await Promise.all([
    checkFile(path),
    runTask('inspect', { file: path }).then((inspection) => inspection.figures, () => ({})),
  ])
  return { problems, figures }
}

/** One file that is the whole database: no WAL beside it. */
function makeWhole(path: string): void {
  chmodSync(path, 0o600)
  withDatabase(path, {}, (connection) => connection.pragma('journal_mode = DELETE'))
}
