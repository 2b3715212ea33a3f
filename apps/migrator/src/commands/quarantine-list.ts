import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { EXIT } from '../errors.ts'
import { listQuarantined } from '../quarantine/list.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { explain } from '../sqlite/explain.ts'

/** `migrator quarantine list`: the rows that were set aside, and why. */
export function quarantineList({ settings, cwd }: CommandInput): Promise<CommandResult> {
  const { database } = settings
  assertDatabaseThere(database)
  try {
    const rows = withDatabase(database, {}, listQuarantined)
    const text = rows.length === 0
      ? `✔ Nothing of ${shortPath(database, cwd)} is in quarantine.`
      : [
          `${countOf(rows.length, 'row')} of ${shortPath(database, cwd)} in quarantine:`,
          indent(renderTable(['table', 'key', 'since', 'why'], rows.map((row) => [row.table, row.key, row.quarantinedAt.slice(0, 10), `${row.reason} (${row.rule})`]))),
          '  Next: mend them, in their quarantine_… tables or with --set, then "migrator quarantine restore".',
        ].join('\n')
    return Promise.resolve({ exitCode: EXIT.ok, json: { exitCode: EXIT.ok, database, rows: rows.map((row) => ({ ...row, values: printable(row.values) })), error: null }, text })
  } catch (error) {
    throw explain(error, database)
  }
}

/** JSON has no BigInt and no bytes: ids become texts, as everywhere outside of the database. */
function printable(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([column, value]) => {
      if (typeof value === 'bigint') return [column, Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()]
      return [column, Buffer.isBuffer(value) ? value.toString('hex') : value]
    }),
  )
}
