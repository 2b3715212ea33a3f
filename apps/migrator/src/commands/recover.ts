import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { latestBackup } from '../backups/store.ts'
import { EXIT, refuse } from '../errors.ts'
import { writeFileDurably } from '../files/durable.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { fileThere, recover as recoverDatabase, type RecoveredFile, type Recovery } from '../recovery/recover.ts'
import { shellWord } from '../reports/words.ts'
import { forgottenText } from '../restore/reapply-deletions.ts'
import type { Settings } from '../settings.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'

export interface RecoverFlags {
  readonly to?: string
  readonly merge?: boolean
  readonly withoutDeletions?: boolean
}

/** A choice that is left to the operator. */
interface Choice {
  readonly what: string
  readonly command: string
}

/**
 * `migrator recover`: saves what a damaged database still holds into a new file, compares it with the newest backup,
 * and shows the choices. It decides nothing and writes over nothing.
 */
export async function recover(input: CommandInput, { to, merge = false, withoutDeletions = false }: RecoverFlags): Promise<CommandResult> {
  const { settings, cwd } = input
  assertDatabaseThere(settings.database)
  const now = input.now()
  const path = to === undefined ? join(dirname(settings.database), 'recovered', `${now.toISOString().replaceAll(/[-:.]/g, '')}.db`) : resolve(cwd, to)
  const merged = merge ? path.replace(/(\.db)?$/, '_merged.db') : null
  const report = `${path}.report.json`
  for (const file of [path, report, ...(merged === null ? [] : [merged])]) if (existsSync(file)) throw fileThere(file)
  const backup = latestBackup(settings.backupDir, settings.database)
  if (merge && backup === null) {
    throw refuse({ code: 'NO_BACKUP', what: `There is no finished backup of ${settings.database}.`, why: '--merge makes a file of what is salvaged and the newest backup.', next: 'Leave --merge out, or look elsewhere with --backup-dir DIR.' })
  }
  return withLock(input, async (ownership) => {
    const found = await recoverDatabase({ settings, to: path, merged, backup, withoutDeletions, now, ownership })
    const choices = choicesOf(found, settings)
    const { tables, addedObjects, unknownPages, freeKnown } = found.salvage
    const salvage = { tables, addedObjects, unknownPages, freeKnown }
    const json = { exitCode: EXIT.ok, database: settings.database, ...found, salvage, report, choices, error: null }
    writeFileDurably(report, `${JSON.stringify(json, null, 2)}\n`, ownership.mode)
    return { exitCode: EXIT.ok, json, text: textOf(found, report, choices, settings.database, cwd) }
  })
}

/** The commands as they are typed, wherever the caller's settings came from. */
function choicesOf({ backup, salvaged, merged }: Recovery, { database, backupDir }: Settings): Choice[] {
  const where = ` --database ${shellWord(database)}${backupDir === join(dirname(database), 'backups') ? '' : ` --backup-dir ${shellWord(backupDir)}`}`
  const restore = (path: string): string => `migrator restore ${shellWord(path)}${where}`
  return [
    ...(backup === null ? [] : [{ what: 'the backup, as it was then', command: restore(backup.path) }]),
    { what: 'what was salvaged', command: restore(salvaged.path) },
    ...(merged !== null ? [{ what: "what was salvaged, with the backup's rows where it has lost some", command: restore(merged.path) }] : []),
    ...(merged === null && backup !== null ? [{ what: 'a file of both: salvaged rows, and the backup\'s where these are lost', command: `migrator recover --merge${where}` }] : []),
  ]
}

function textOf({ salvage, salvaged, merged, backup, damages }: Recovery, report: string, choices: readonly Choice[], database: string, cwd: string): string {
  const lost = salvage.tables.filter(({ lostPages, lostCells, partial }) => lostPages + lostCells + partial > 0)
  return [
    `✔ ${shortPath(salvaged.path, cwd)}: ${countOf(salvaged.rows, 'row')} salvaged. ${shortPath(database, cwd)} is as it was.`,
    `  The damage: ${damages[0] ?? ''}`,
    ...(lost.length === 0 ? ['  No page with rows is lost.'] : [
      '  Where pages are lost:',
      indent(indent(renderTable(['table', 'salvaged', 'pages lost', 'cells lost', 'on loose pages', 'in part'], lost.map((table) => [table.rebuilt ? `${table.table} (made anew)` : table.table, table.rows, table.lostPages, table.lostCells, table.loose, table.partial])))),
    ]),
    ...(salvage.addedObjects.length === 0 ? [] : [`  Not readable, and taken from the migrations or the backup: ${salvage.addedObjects.length} parts of the structure`]),
    ...(salvage.unknownPages === 0 ? [] : [`  ${countOf(salvage.unknownPages, 'page')} with rows of nobody knows which table: left out`]),
    ...(salvage.freeKnown ? [] : ['  Which pages are free is not known: rows that were deleted may be among those of loose pages']),
    ...fileLines('salvaged', salvaged),
    ...(merged === null ? [] : fileLines('merged', merged)),
    ...(backup === null ? ['  There is no backup to compare with.'] : [
      `  Beside the backup of ${backup.createdAt} (${backup.points} points; salvaged ${salvaged.points}${merged === null ? '' : `, merged ${merged.points}`}):`,
      indent(indent(comparisonTable(salvaged))),
    ]),
    `  All of it: ${shortPath(report, cwd)}`,
    '  Choose:',
    ...choices.map(({ what, command }, index) => `    ${index + 1}. ${what}\n       ${command}`),
  ].join('\n')
}

function fileLines(name: string, { setAside, forgotten }: RecoveredFile): string[] {
  const aside = Object.entries(setAside)
  return [
    ...(aside.length === 0 ? [] : [`  Set aside in the ${name} file, since they belong to lost rows or break a rule: ${aside.map(([table, rows]) => `${rows} of ${table}`).join(', ')}`]),
    ...(forgotten === 0 ? [] : [`  In the ${name} file ${forgottenText(forgotten)}.`]),
  ]
}

function comparisonTable({ comparison }: RecoveredFile): string {
  const rows = (comparison ?? []).filter(({ lost, added, changed, before, after }) => lost + added + changed > 0 || before !== after)
  if (rows.length === 0) return 'no difference in any row'
  return renderTable(['table', 'in the backup', 'salvaged', 'only in the backup', 'only salvaged', 'different'], rows.map((row) => [row.table, row.before, row.after, row.lost + row.quarantined, row.added, row.changed]))
}
