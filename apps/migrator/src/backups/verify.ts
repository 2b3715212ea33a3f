import { existsSync, statSync } from 'node:fs'
import { sha256File } from '../files/hash.ts'
import { messageOf } from '../errors.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { runTask } from '../tasks/run-task.ts'
import { countRows } from '../structure/tables.ts'
import { readManifest } from './manifest.ts'

export interface BackupVerification {
  readonly path: string
  readonly ok: boolean
  readonly problems: readonly string[]
  readonly sha256: string | null
  readonly bytes: number | null
}

/**
 * Checks a backup against its manifest: size, hash, rows by table; and by itself: integrity_check. A file without
 * a manifest (somebody else's copy) is checked by itself only, when `manifestNeeded` is false.
 */
export async function verifyBackup(path: string, manifestNeeded = true): Promise<BackupVerification> {
  if (!existsSync(path)) return { path, ok: false, problems: ['the file does not exist'], sha256: null, bytes: null }
  if (!statSync(path).isFile()) return { path, ok: false, problems: ['it is not a file'], sha256: null, bytes: null }
  const manifest = readManifest(path)
  const problems: string[] = []
  const bytes = statSync(path).size
  const sha256 = await sha256File(path)
  if (manifest === null && manifestNeeded) problems.push('it has no manifest: it was never finished, or the manifest was taken away')
  if (manifest !== null && manifest.bytes !== bytes) problems.push(`it has ${bytes} bytes, its manifest says ${manifest.bytes}`)
  if (manifest !== null && manifest.sha256 !== sha256) problems.push('its content is not what its manifest says (SHA-256)')
  if (bytes === 0) problems.push('it is empty')
  try {
    problems.push(...(await runTask('integrity', { file: path })))
    const rows = withDatabase(path, { readonly: true }, countRows)
    if (manifest !== null) problems.push(...rowDifferences(rows, manifest.rows))
  } catch (error) {
    problems.push(messageOf(error))
  }
  return { path, ok: problems.length === 0, problems, sha256, bytes }
}

function rowDifferences(actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): string[] {
  return [...new Set([...Object.keys(actual), ...Object.keys(expected)])]
    .filter((table) => actual[table] !== expected[table])
    .map((table) => `${table} has ${actual[table] ?? 'no'} rows, its manifest says ${expected[table] ?? 'none'}`)
}
