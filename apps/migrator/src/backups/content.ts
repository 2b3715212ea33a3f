import { existsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeOf, messageOf } from '../errors.ts'
import { assertSpaceFor } from '../files/space.ts'
import { type Digest, decompressFile, isCompressed } from './compression.ts'
import { readManifest } from './manifest.ts'
import { openScratch } from './scratch.ts'

/** The database in a backup. */
export interface Content {
  /** Null where it cannot be had. */
  readonly file: string | null
  readonly problems: readonly string[]
  /** What was unpacked; null where the backup is the database itself. */
  readonly unpacked: Digest | null
}

/**
 * Lends the database in a backup: the file itself, or, where it is compressed, a copy that goes away again.
 *
 * @param scratch where that copy may stand; the system's temporary folder where there is no such folder
 */
export async function withContent<T>(backup: string, scratch: string, work: (content: Content) => Promise<T>): Promise<T> {
  const stat = statSync(backup, { throwIfNoEntry: false })
  if (stat === undefined) return work(without('the file does not exist'))
  if (!stat.isFile()) return work(without('it is not a file'))
  if (!isCompressed(backup)) return work({ file: backup, problems: [], unpacked: null })
  const folder = existsSync(scratch) ? scratch : tmpdir()
  assertSpaceFor(folder, readManifest(backup)?.content?.bytes ?? stat.size)
  using own = openScratch(folder, 'unpacked')
  return await work(await unpack(backup, join(own.path, 'trivia.db')))
}

async function unpack(backup: string, file: string): Promise<Content> {
  try {
    return { file, problems: [], unpacked: await decompressFile(backup, file) }
  } catch (error) {
    // The disk's errors are not the backup's.
    if (/^E[A-Z]+$/.test(codeOf(error) ?? '')) throw error
    return without(`it cannot be decompressed: ${messageOf(error)}`)
  }
}

function without(problem: string): Content {
  return { file: null, problems: [problem], unpacked: null }
}
