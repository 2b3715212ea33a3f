import { hostname } from 'node:os'
import { createBackup } from '../backups/create.ts'
import { assertDatabaseThere, countOf, indent, shortPath } from '../terminal/describe.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { type ErrorReport, EXIT, usage } from '../errors.ts'
import { ownershipOf } from '../files/permissions.ts'
import { assertDatabasePlace } from '../files/place.ts'
import { listQuarantined } from '../quarantine/list.ts'
import { restoreQuarantined, type RestoreOutcome, type RestoreRequest } from '../quarantine/restore.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { DeployLock } from '../sqlite/deploy-lock.ts'
import { explain } from '../sqlite/explain.ts'
import { openLive } from '../sqlite/open-live.ts'

interface Flags {
  readonly table: string | undefined
  readonly keys: readonly string[]
  readonly set: readonly string[]
}

/** `migrator quarantine restore`: brings mended rows back in one transaction, after a backup. Exit 3 when some stay. */
export async function quarantineRestore(input: CommandInput, flags: Flags): Promise<CommandResult> {
  const { settings, cwd, now, argv } = input
  const { database, backupDir } = settings
  const request = requestOf(flags)
  assertDatabaseThere(database)
  assertDatabasePlace(database)
  const ownership = ownershipOf(database)
  const lock = DeployLock.acquire(database, { pid: process.pid, host: hostname(), command: `migrator ${argv.join(' ')}`, since: now().toISOString() }, ownership)
  try {
    if (withDatabase(database, {}, listQuarantined).length === 0) {
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
  } catch (error) {
    throw explain(error, database)
  } finally {
    lock.release()
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

function requestOf({ table, keys, set }: Flags): RestoreRequest {
  if (table === undefined && (keys.length > 0 || set.length > 0)) {
    throw usage({ code: 'WRONG_USAGE', what: '--key and --set need a table.', why: 'Keys and columns are those of one table.', next: 'For example "migrator quarantine restore users --key 1 --set total_points=0".' })
  }
  const values = set.map((text): [string, string | null] => {
    const at = text.indexOf('=')
    if (at < 1) throw usage({ code: 'WRONG_USAGE', what: `--set ${text} is not COLUMN=VALUE.`, why: 'There is no = in it.', next: 'For example --set total_points=0; --set explanation= gives NULL.' })
    return [text.slice(0, at), at === text.length - 1 ? null : text.slice(at + 1)]
  })
  return { ...(table === undefined ? {} : { table: table.replace(/^quarantine_/, '') }), keys, set: Object.fromEntries(values) }
}
