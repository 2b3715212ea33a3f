import { mkdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Content, withContent } from '../backups/content.ts'
import { type Manifest, readManifest, recordChecks } from '../backups/manifest.ts'
import { codeOf, messageOf, MigratorError, refuse } from '../errors.ts'
import { ownershipOf } from '../files/permissions.ts'
import { assertSpaceFor } from '../files/space.ts'
import type { Context } from '../pipeline/context.ts'
import { restoreBackup } from '../restore/restore-backup.ts'
import { checkHash, type CheckName, checkNames, checkDeletions, checkQueries, checkRestored, checkStructure, type Findings, NOT_REACHED } from './checks.ts'
import { rehearseDeploy } from './rehearse.ts'
import { withScratch } from './scratch.ts'

export type DrillContext = Pick<Context, 'settings' | 'now' | 'signal'>

/** How a restore of a backup would go. */
export interface DrillResult {
  readonly backup: string
  readonly ok: boolean
  readonly checks: Readonly<Record<CheckName, boolean>>
  /** What is wrong, for each check that did not pass. */
  readonly details: Findings
  readonly schemaVersion: number | null
  /** The migrations that were rehearsed on it; none where it is of the newest version. */
  readonly rehearsed: readonly string[]
  readonly durationMs: number
  /** Whether the result stands in the backup's manifest. */
  readonly recorded: boolean
}

/** Brings a backup back in a place of its own, by the code of a real restore, and looks at everything. */
export async function drill(backup: string, context: DrillContext): Promise<DrillResult> {
  const { settings, now } = context
  const start = performance.now()
  const manifest = readManifest(backup)
  const found = await withScratch(settings, ownershipOf(settings.database), async (folder) => {
    // The restored one, its new file while it is made, and what is unpacked.
    assertSpaceFor(folder, (manifest?.content?.bytes ?? statSync(backup).size) * 3)
    return await withContent(backup, folder, (content) => lookAt(backup, manifest, content, folder, context))
  })
  const checks = Object.fromEntries(checkNames.map((name) => [name, found.findings[name]?.length === 0])) as Record<CheckName, boolean>
  const details = Object.fromEntries(checkNames.filter((name) => !checks[name]).map((name) => [name, found.findings[name] ?? NOT_REACHED]))
  const ok = checkNames.every((name) => checks[name])
  const at = now().toISOString()
  const recorded = recordChecks(backup, { verify: { at, ok: isTrueCopy(checks) }, drill: { at, ok } })
  return { backup, ok, checks, details, schemaVersion: manifest?.schemaVersion ?? null, rehearsed: found.rehearsed, durationMs: Math.round(performance.now() - start), recorded }
}

/** Whether the file is good is one question; another is whether today's release could go on with it. */
function isTrueCopy({ hash, restore, integrity, rows }: DrillResult['checks']): boolean {
  return hash && restore && integrity && rows
}

async function lookAt(backup: string, manifest: Manifest | null, content: Content, folder: string, context: DrillContext): Promise<{ findings: Findings; rehearsed: readonly string[] }> {
  const hash = await checkHash(backup, manifest, content)
  if (content.file === null) return { findings: { hash }, rehearsed: [] }
  const restored = join(folder, 'restored', 'trivia.db')
  const restore = await tryRestore(content.file, restored, context)
  if (restore.length > 0) return { findings: { hash, restore }, rehearsed: [] }
  const findings = await checkRestored(restored, manifest)
  if (findings.integrity?.length !== 0) return { findings: { hash, restore, ...findings }, rehearsed: [] }
  const { problems: structure, found } = checkStructure(restored, context.settings.database, context.settings.prismaDir)
  const rehearsed = found?.pending.map((migration) => migration.name) ?? []
  const deploy = found === null ? NOT_REACHED : rehearsed.length === 0 ? [] : await rehearseDeploy(restored, context.settings, context)
  const queries = checkQueries(restored, found !== null && rehearsed.length === 0)
  // At the end: it takes rows away, which the checks before have counted.
  const forgetting = checkDeletions(restored, context.settings.database, manifest?.createdAt ?? null)
  return { findings: { hash, ...findings, restore: forgetting, structure, queries, deploy }, rehearsed }
}

async function tryRestore(content: string, restored: string, { settings, now }: DrillContext): Promise<string[]> {
  const place = { database: restored, backupDir: join(restored, '..', 'backups'), prismaDir: settings.prismaDir }
  mkdirSync(join(restored, '..'))
  try {
    const ownership = ownershipOf(settings.database)
    // A database that nobody may write comes back so; the checks, the rehearsal among them, want to.
    await restoreBackup(content, place, { ...ownership, mode: ownership.mode | 0o600 }, now)
    return []
  } catch (error) {
    // A full disk says nothing about the backup.
    if (error instanceof MigratorError || ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(codeOf(error) ?? '')) throw error
    return [messageOf(error)]
  }
}

/** The refusal for a backup that a drill could not bring back as it should be, or with which nobody could go on. */
export function drillFailed({ backup, checks }: Pick<DrillResult, 'backup' | 'checks'>, details: readonly string[]): MigratorError {
  if (isTrueCopy(checks) && checks.data) {
    return refuse({
      code: 'DRILL_FAILED',
      what: `${basename(backup)} came back as it was made, but today's release could not go on with it as it is.`,
      why: `${details[0] ?? 'A check did not pass'}.`,
      next: 'The database itself has most likely the same: see "migrator validate" and "migrator rehearse". A restore brings back what was there.',
      details,
    })
  }
  return refuse({
    code: 'DRILL_FAILED',
    what: `${basename(backup)} would not come back as it should.`,
    why: `${details[0] ?? 'A check did not pass'}.`,
    next: 'Do not count on it: make a new one with "migrator backup", then "migrator backup drill". The database is as before.',
    details,
  })
}
