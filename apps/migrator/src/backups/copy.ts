import { chmodSync, closeSync, createReadStream, createWriteStream, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { codeOf, messageOf, MigratorError } from '../errors.ts'
import { sha256File } from '../files/hash.ts'
import { freeBytes, megabytes } from '../files/space.ts'
import { copyFailed } from './copy-folder.ts'
import { manifestPath } from './manifest.ts'
import type { Backup } from './store.ts'

const CHUNK = 1024 * 1024

/**
 * Copies a finished backup into the second folder, and reads it back there. The manifest comes last: a copy that was
 * interrupted is none.
 *
 * @returns the copy's path
 * @throws MigratorError COPY_FAILED (exit 5)
 */
export async function copyBackup({ path, name, manifest }: Backup, folder: string): Promise<string> {
  const target = join(folder, name)
  if (manifest === null) throw copyFailed(folder, `${name} is not finished`)
  try {
    const free = freeBytes(folder)
    if (free < manifest.bytes) throw copyFailed(folder, `It takes ${megabytes(manifest.bytes)}, and ${megabytes(free)} are free`)
    await copyDurably(path, target)
    if ((await sha256File(target)) !== manifest.sha256) throw copyFailed(folder, `${name} is not there what it is here (SHA-256)`)
    await copyDurably(manifestPath(path), manifestPath(target))
    return target
  } catch (error) {
    // Without its manifest nobody takes the copy for whole; the next time it is made again.
    if (!existsSync(manifestPath(target))) remove(target)
    throw error instanceof MigratorError ? error : copyFailed(folder, messageOf(error), error)
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  const temporary = `${to}.partial`
  try {
    // The remains of one that was killed.
    rmSync(temporary, { force: true })
    await pipeline(createReadStream(from, { highWaterMark: CHUNK }), createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }))
    whereSupported(() => chmodSync(temporary, statSync(from).mode & 0o666))
    renameSync(temporary, to)
    whereSupported(() => syncFolder(dirname(to)))
  } catch (error) {
    remove(temporary)
    throw error
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** A mounted bucket has no permissions, and often no sync of a folder. */
function whereSupported(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EISDIR'].includes(codeOf(error) ?? '')) throw error
  }
}

/** The error that led here says more than that its remains cannot be removed. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // On a disk that has gone nothing can be removed.
  }
}
