import { createBackup } from '../backups/create.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere } from '../files/place.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { withLock } from './with-lock.ts'
import { type ErrorReport, EXIT, refuse, usage } from '../errors.ts'
import { listQuarantined, type QuarantinedRow } from '../quarantine/list.ts'
import { restoreQuarantined, type RestoreOutcome, type RestoreRequest } from '../quarantine/restore.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { openLive } from '../sqlite/open-live.ts'

interface Flags {
  readonly table: string | undefined
  readonly keys: readonly string[]
  readonly set: readonly string[]
  readonly all: boolean
}

/** `migrator quarantine restore`: brings mended rows back in one transaction, after a backup. Exit 3 when some stay. */
export async function quarantineRestore(input: CommandInput, flags: Flags): Promise<CommandResult> {
  const { settings, cwd, now } = input
  const { database, backupDir } = settings
  const request = requestOf(flags)
  assertDatabaseThere(database)
  return withLock(input, async (ownership) => {
    const rows = withDatabase(database, {}, listQuarantined)
    assertMeant(rows, request)
    if (rows.length === 0) {
      return { exitCode: EXIT.ok, json: { exitCode: EXIT.ok, database, restored: {}, remaining: [], backup: null, error: null }, text: `✔ Nothing of ${shortPath(database, cwd)} is in quarantine.` }
    }
    const live = openLive(database)
    const { path } = await createBackup(live, { folder: backupDir, type: 'pre_restore', now: now(), ownership }).finally(() => live.close())
    const outcome = withDatabase(database, { busyTimeoutMs: 10_000 }, (connection) => {
      connection.pragma('foreign_keys = ON')
      connection.pragma('synchronous = FULL')
      return connection.transaction(() => restoreQuarantined(connection, request)).immediate()
    })
    return resultOf(outcome, path, database, cwd)
  })
}

/** @throws MigratorError NOT_IN_QUARANTINE (exit 3), or WRONG_USAGE for a column that the table has not */
function assertMeant(rows: readonly QuarantinedRow[], { table, keys, set }: RestoreRequest): void {
  if (table === undefined) return
  const own = rows.filter((row) => row.table === table)
  const unknown = keys.filter((key) => !own.some((row) => row.key === key))
  if (own.length === 0 || unknown.length > 0) {
    throw refuse({
      code: 'NOT_IN_QUARANTINE',
      what: own.length === 0 ? `Nothing of ${table} is in quarantine.` : `${table} ${unknown.join('; ')} is not in quarantine.`,
      why: 'There is no such row.',
      next: 'See what there is with "migrator quarantine list".',
    })
  }
  const column = Object.keys(set).find((name) => own[0] !== undefined && !(name in own[0].values))
  if (column !== undefined) {
    throw usage({ code: 'WRONG_USAGE', what: `${table} has no column ${column}.`, why: '--set names a column of the table.', next: 'See the columns with "migrator quarantine list --json".' })
  }
}

function resultOf({ restored, remaining }: RestoreOutcome, backup: string, database: string, cwd: string): CommandResult {
  const exitCode = remaining.length === 0 ? EXIT.ok : EXIT.refused
  const error: ErrorReport | null = remaining.length === 0 ? null : {
    code: 'STILL_BROKEN',
    what: `${countOf(remaining.length, 'row')} could not be brought back, and stay in quarantine.`,
    why: remaining[0] === undefined ? '' : `${remaining[0].table} ${remaining[0].key}: ${remaining[0].reason}.`,
    next: 'Mend them, for example "migrator quarantine restore users --key KEY --set total_points=0", and try again.',
    details: remaining.map((row) => `${row.table} ${row.key}: ${row.reason}`),
  }
  const total = Object.values(restored).reduce((sum, number) => sum + number, 0)
  const lines = Object.entries(restored).map(([table, number]) => `${table}: ${countOf(number, 'row')}`)
  return {
    exitCode,
    json: { exitCode, database, restored, remaining, backup, error },
    text: [`${total > 0 ? '✔' : '·'} ${countOf(total, 'row')} brought back into ${shortPath(database, cwd)}.`, ...(lines.length > 0 ? [indent(lines.join('\n'))] : []), `  backup before: ${shortPath(backup, cwd)}`].join('\n'),
    ...(error === null ? {} : { error }),
  }
}

function requestOf({ table, keys, set, all }: Flags): RestoreRequest {
  if (table === undefined && (keys.length > 0 || set.length > 0)) {
    throw usage({ code: 'WRONG_USAGE', what: '--key and --set need a table.', why: 'Keys and columns are those of one table.', next: 'For example "migrator quarantine restore users --key 1 --set total_points=0".' })
  }
  if (set.length > 0 && keys.length === 0 && !all) {
    throw usage({ code: 'WRONG_USAGE', what: '--set changes values, and no row is named.', why: 'Without --key it would change every row of the table that is in quarantine.', next: 'Name rows with --key KEY, or say --all.' })
  }
  const values = set.map((text): [string, string | null] => {
    const at = text.indexOf('=')
    if (at < 1) throw usage({ code: 'WRONG_USAGE', what: `--set ${text} is not COLUMN=VALUE.`, why: 'There is no = in it.', next: 'For example --set total_points=0; --set explanation= gives NULL.' })
    return [text.slice(0, at), at === text.length - 1 ? null : text.slice(at + 1)]
  })
  return { ...(table === undefined ? {} : { table: table.replace(/^quarantine_/, '') }), keys, set: Object.fromEntries(values) }
}
