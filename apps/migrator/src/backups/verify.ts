import { statSync } from 'node:fs'
import { sha256File } from '../files/hash.ts'
import { messageOf } from '../errors.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { runTask } from '../tasks/run-task.ts'
import { countRows } from '../structure/tables.ts'
import { type Content, withContent } from './content.ts'
import { type Manifest, readManifest } from './manifest.ts'

export interface BackupVerification {
  readonly path: string
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly sha256: string | null
  readonly bytes: number | null
}

/**
 * Checks a backup against its manifest: size, hash, rows by table; and by itself: integrity_check.
 *
 * @param scratch where a compressed one may be unpacked for the while
 */
export function verifyBackup(path: string, scratch: string): Promise<BackupVerification> {
  return withContent(path, scratch, (content) => verifyContent(path, content, true))
}

/**
 * The same for a backup whose content is at hand. A file without a manifest (somebody else's copy) is checked by
 * itself only, when `manifestNeeded` is false.
 */
export async function verifyContent(path: string, content: Content, manifestNeeded: boolean): Promise<BackupVerification> {
  const bytes = statSync(path, { throwIfNoEntry: false })?.isFile() === true ? statSync(path).size : null
  if (bytes === null) return { path, ok: false, problems: content.problems, sha256: null, bytes: null }
  const manifest = readManifest(path)
  const sha256 = await sha256File(path)
  const problems = [
    ...(manifest === null && manifestNeeded ? ['it has no manifest: it was never finished, or the manifest was taken away'] : []),
    ...(manifest === null ? [] : manifestDifferences(manifest, { sha256, bytes }, content)),
    ...(bytes === 0 ? ['it is empty'] : []),
    ...content.problems,
    ...(content.file === null ? [] : await contentProblems(content.file, manifest)),
  ]
  return { path, ok: problems.length === 0, problems, sha256, bytes }
}

/** How a file and the database in it differ from what was noted of them. */
export function manifestDifferences(manifest: Manifest, { sha256, bytes }: { sha256: string; bytes: number }, { unpacked }: Content): string[] {
  return [
    ...(manifest.bytes === bytes ? [] : [`it has ${bytes} bytes, its manifest says ${manifest.bytes}`]),
    ...(manifest.sha256 === sha256 ? [] : ['its content is not what its manifest says (SHA-256)']),
    ...(unpacked === null || manifest.content?.sha256 === unpacked.sha256 ? [] : ['unpacked, it is not what its manifest says (SHA-256)']),
  ]
}

async function contentProblems(file: string, manifest: Manifest | null): Promise<string[]> {
  try {
    const damages = await runTask('integrity', { file })
    const rows = withDatabase(file, { readonly: true }, countRows)
    return [...damages, ...(manifest === null ? [] : rowDifferences(rows, manifest.rows))]
  } catch (error) {
    return [messageOf(error)]
  }
}

/** The tables that have other numbers of rows than the manifest noted. */
export function rowDifferences(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): string[] {
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    .filter((table) => actual[table] !== expected[table])
    .map((table) => `${table} has ${actual[table] ?? 'no'} rows, its manifest says ${expected[table] ?? 'none'}`)
}
