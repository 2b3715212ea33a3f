import type { Inspection, InspectOptions } from '@trivia/database/invariants'
import type { TableComparison } from '../preservation/compare.ts'
import { type Connection, quoteText, readWithMmap, withDatabase } from '../sqlite/connection.ts'
import { damages, damagesByTable } from '../sqlite/damages.ts'
import type { PlanChange } from './plans.ts'

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
  /** Damages of a file that SQLite has just written, in a third of the time; see sqlite/damages.ts. */
  freshIntegrity: { input: { file: string }; output: string[] }
  foreignKeys: { input: { file: string }; output: DanglingRow[] }
  inspect: { input: { file: string } & InspectOptions; output: Inspection }
  /** A migration's data.ts; the number of rows that it changed. */
  dataStep: { input: { file: string; step: string }; output: { rows: number } }
  plans: { input: { before: string; after: string }; output: PlanChange[] }
  compare: { input: { before: string; after: string }; output: TableComparison[] }
}

/** Says what a task is doing just now. */
export type Tell = (text: string) => void

export type TaskName = keyof SqliteTasks
export type TaskInput<N extends TaskName> = SqliteTasks[N]['input']
export type TaskOutput<N extends TaskName> = SqliteTasks[N]['output']

/** A thread loads what its own task needs: it starts in half of the time. */
export const tasks: { readonly [N in TaskName]: (input: TaskInput<N>, tell: Tell) => TaskOutput<N> | Promise<TaskOutput<N>> } = {
  integrity: ({ file }) => reading(file, (connection) => damages(connection, 'integrity_check')),
  quick: ({ file }) => reading(file, (connection) => damages(connection, 'quick_check')),
  freshIntegrity: ({ file }) => reading(file, damagesByTable),
  foreignKeys: ({ file }) =>
    reading(file, (connection) =>
      (connection.pragma('foreign_key_check') as { table: string; rowid: bigint | null; parent: string }[]).map((row) => ({
        table: row.table,
        rowid: row.rowid === null ? null : String(row.rowid),
        parent: row.parent,
      })),
    ),
  inspect: async ({ file, ...options }) => {
    const { inspect } = await import('@trivia/database/invariants')
    return reading(file, (connection) => inspect(connection, options))
  },
  dataStep: async ({ file, step }, tell) => (await import('./data-step.ts')).runStep(file, step, tell),
  plans: async ({ before, after }) => {
    const { comparePlans } = await import('./plans.ts')
    return reading(before, (one) => reading(after, (other) => comparePlans(one, other)))
  },
  compare: async ({ before, after }) => {
    const { compareTables } = await import('../preservation/compare.ts')
    return reading(after, (connection) => {
      connection.exec(`ATTACH ${quoteText(before)} AS before`)
      return compareTables(connection)
    })
  },
}

function reading<T>(file: string, work: (connection: Connection) => T): T {
  return withDatabase(file, { readonly: true }, (connection) => {
    readWithMmap(connection)
    return work(connection)
  })
}
