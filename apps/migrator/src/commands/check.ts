import { countOf, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere, isEmptied } from '../files/place.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { type ErrorReport, EXIT } from '../errors.ts'
import { AFTER_DAMAGE, explain } from '../sqlite/explain.ts'
import { checkLive } from '../tasks/check-live.ts'

/** `migrator check`: integrity_check and foreign_key_check. Exit 3 on findings. */
export async function check({ settings, cwd }: CommandInput): Promise<CommandResult> {
  const { database } = settings
  assertDatabaseThere(database)
  const { problems, danglingRows } = isEmptied(database) ? { problems: ['the file is empty'], danglingRows: [] } : await checkLive(database).catch((error: unknown) => {
    throw explain(error, database)
  })
  const details = [...problems, ...danglingRows.map((row) => `${row.table} row ${row.rowid ?? '?'} belongs to a row that is not in ${row.parent}`)]
  const ok = details.length === 0
  const exitCode = ok ? EXIT.ok : EXIT.refused
  const error: ErrorReport | null = ok ? null : {
    code: problems.length > 0 ? 'DATABASE_CORRUPT' : 'FOREIGN_KEYS_BROKEN',
    what: problems.length > 0 ? `${shortPath(database, cwd)} is damaged.` : `${countOf(danglingRows.length, 'row')} belong to rows that do not exist.`,
    why: details[0] ?? '',
    next: problems.length > 0 ? AFTER_DAMAGE : 'See "migrator validate"; "migrator deploy --quarantine" sets such rows aside.',
    details,
  }
  return {
    exitCode,
    json: { exitCode, database, ok, integrity: problems, foreignKeys: danglingRows, error },
    text: ok ? `✔ ${shortPath(database, cwd)}: the file is sound, and every foreign key leads somewhere.` : '',
    ...(error === null ? {} : { error }),
  }
}
