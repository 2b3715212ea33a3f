import { findBackup } from '../backups/find.ts'
import { latestBackup } from '../backups/store.ts'
import { checkNames, type CheckName } from '../drill/checks.ts'
import { drill, drillFailed, type DrillResult } from '../drill/drill.ts'
import { EXIT, refuse, reportOf } from '../errors.ts'
import { explain } from '../sqlite/explain.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { renderDuration, renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'

/** What each check asks, for people. */
const questions: Readonly<Record<CheckName, string>> = {
  hash: 'the file is what its manifest says',
  restore: 'it can be restored',
  integrity: 'the restored file is sound',
  foreignKeys: 'every foreign key leads somewhere',
  rows: 'every table has its rows',
  data: 'the data is as good as it was',
  structure: 'the structure is what its migrations made',
  queries: "the bot's common queries work on it",
  deploy: 'it can be brought to the newest version',
}

/** `migrator backup drill [FILE]`: restores a backup, the newest by default, in a place of its own. Exit 3 on findings. */
export async function backupDrill(input: CommandInput, { file }: { file: string | undefined }): Promise<CommandResult> {
  const { settings, cwd, now, signal } = input
  const backup = file === undefined ? newest(settings) : findBackup(file, settings.backupDir, cwd)
  const result = await drill(backup, { settings, now, signal }).catch((error: unknown) => {
    throw explain(error, settings.database)
  })
  const exitCode = result.ok ? EXIT.ok : EXIT.refused
  const error = result.ok ? null : reportOf(drillFailed(result, checkNames.flatMap((name) => (result.details[name] ?? []).map((text) => `${name}: ${text}`))))
  return { exitCode, json: { ...result, exitCode, error }, text: render(result, shortPath(backup, cwd)), ...(error === null ? {} : { error }) }
}

function newest({ backupDir, database }: CommandInput['settings']): string {
  const backup = latestBackup(backupDir, database)
  if (backup !== null) return backup.path
  throw refuse({
    code: 'NO_BACKUP',
    what: 'There is no backup to bring back.',
    why: `${backupDir} has none of ${database}.`,
    next: 'Make one with "migrator backup".',
  })
}

function render({ ok, checks, details, rehearsed, durationMs, recorded }: DrillResult, backup: string): string {
  const rows = checkNames.map((name) => [checks[name] ? '✔' : '✖', questions[name], details[name]?.[0] ?? (name === 'deploy' ? deployed(rehearsed) : '')])
  return [
    `${ok ? '✔' : '✖'} ${backup} ${ok ? 'came back whole' : 'did not come back as it should'} (${renderDuration(durationMs)})`,
    indent(renderTable(['', '', ''], rows).split('\n').slice(1).join('\n')),
    ...(recorded ? [] : ['  • Its manifest could not note this.']),
  ].join('\n')
}

function deployed(rehearsed: readonly string[]): string {
  return rehearsed.length === 0 ? 'it is of the newest' : `${countOf(rehearsed.length, 'migration')} rehearsed`
}
