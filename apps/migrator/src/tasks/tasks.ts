import { inspect, type Inspection } from '@trivia/database/invariants'
import { compareTables, type TableComparison } from '../preservation/compare.ts'
import { type Connection, quoteText, readWithMmap, withDatabase } from '../sqlite/connection.ts'

/** A row whose foreign key names nothing. */
export interface DanglingRow {
  readonly table: string
  readonly rowid: string | null
  readonly parent: string
}

/** Work on finished files of ours that reads them as a whole. Each runs in a thread of its own. */
export interface SqliteTasks {
  /** Damages that integrity_check found; rows that break a constraint are not among them. */
  integrity: { input: { file: string }; output: string[] }
  /** The same without the indexes, in a twentieth of the time. */
  quick: { input: { file: string }; output: string[] }
  foreignKeys: { input: { file: string }; output: DanglingRow[] }
  inspect: { input: { file: string }; output: Inspection }
  compare: { input: { before: string; after: string }; output: TableComparison[] }
}

export type TaskName = keyof SqliteTasks
export type TaskInput<N extends TaskName> = SqliteTasks[N]['input']
export type TaskOutput<N extends TaskName> = SqliteTasks[N]['output']

/** At most so many damages are listed. */
const MOST = 100

/** integrity_check also lists rows that break a constraint: those are broken rows, not a broken file. */
const ROW_PROBLEM = /^(CHECK constraint failed in|NULL value in|NUMERIC value in|TEXT value in|non-\w+ value in) /

export const tasks: { readonly [N in TaskName]: (input: TaskInput<N>) => TaskOutput<N> } = {
  integrity: ({ file }) => reading(file, (connection) => damages(connection, 'integrity_check')),
  quick: ({ file }) => reading(file, (connection) => damages(connection, 'quick_check')),
  foreignKeys: ({ file }) =>
    reading(file, (connection) =>
      (connection.pragma('foreign_key_check') as { table: string; rowid: bigint | null; parent: string }[]).map((row) => ({
        table: row.table,
        rowid: row.rowid === null ? null : String(row.rowid),
        parent: row.parent,
      })),
    ),
  inspect: ({ file }) => reading(file, (connection) => inspect(connection)),
  compare: ({ before, after }) =>
    reading(after, (connection) => {
      connection.exec(`ATTACH ${quoteText(before)} AS before`)
      return compareTables(connection)
    }),
}

function damages(connection: Connection, check: 'integrity_check' | 'quick_check'): string[] {
  const rows = connection.prepare(`PRAGMA ${check}(${MOST})`).pluck().all() as string[]
  return rows.flatMap((row) => row.split('\n')).filter((line) => line !== 'ok' && line !== '' && !ROW_PROBLEM.test(line))
}

function reading<T>(file: string, work: (connection: Connection) => T): T {
  return withDatabase(file, { readonly: true }, (connection) => {
    readWithMmap(connection)
    return work(connection)
  })
}
