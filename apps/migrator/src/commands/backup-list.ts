import { isSound, type Manifest } from '../backups/manifest.ts'
import { listBackups } from '../backups/store.ts'
import { indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { EXIT } from '../errors.ts'
import { megabytes } from '../files/space.ts'

/** `migrator backup list`: the backups of the folder, the newest first. */
export function backupList({ settings, cwd }: CommandInput): Promise<CommandResult> {
  const backups = listBackups(settings.backupDir)
  const rows = backups.map(({ name, type, manifest }) => [
    name,
    type ?? '',
    manifest?.schemaVersion ?? '',
    manifest === null ? '' : megabytes(manifest.bytes),
    manifest === null ? 'not finished' : isSound(manifest) ? 'verified' : 'DAMAGED',
    manifest === null ? '' : lastLook(manifest),
    manifest === null || manifest.database === settings.database ? '' : `of ${shortPath(manifest.database, cwd)}`,
  ])
  const text = backups.length === 0
    ? `There are no backups in ${shortPath(settings.backupDir, cwd)}. "migrator backup" makes one.`
    : `${shortPath(settings.backupDir, cwd)}:\n${indent(renderTable(['name', 'type', 'version', 'size', 'state', 'last look', ''], rows))}`
  return Promise.resolve({ exitCode: EXIT.ok, text, json: { exitCode: EXIT.ok, backupDir: settings.backupDir, backups } })
}

/** When it was last verified or brought back for a trial; the day is enough here. A drill verifies, too. */
function lastLook({ checks }: Manifest): string {
  const looks = [{ what: 'drill', check: checks?.drill }, { what: 'verify', check: checks?.verify }]
  const [last] = looks.flatMap(({ what, check }) => (check === undefined ? [] : [{ what, ...check }])).sort((a, b) => b.at.localeCompare(a.at))
  return last === undefined ? '' : `${last.what} ${last.at.slice(0, 10)}${last.ok ? '' : ': FAILED'}`
}
