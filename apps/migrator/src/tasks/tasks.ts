import type { Inspection, InspectOptions } from '@trivia/database/invariants'
import { sha256File } from '../files/hash.ts'
import type { TableComparison } from '../preservation/compare.ts'
import { type Connection, quoteName, quoteText, readWithMmap, withDatabase } from '../sqlite/connection.ts'
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
  /** SHA-256, in hex. */
  hash: { input: { file: string }; output: string }
  /** @param tables only these; all by default */
  foreignKeys: { input: { file: string; tables?: readonly string[] }; output: DanglingRow[] }
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
  hash: ({ file }) => sha256File(file),
  foreignKeys: ({ file, tables }) => reading(file, (connection) => danglingRows(connection, tables)),
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

function danglingRows(connection: Connection, tables?: readonly string[]): DanglingRow[] {
  const checks = tables === undefined ? ['foreign_key_check'] : tables.map((table) => `foreign_key_check(${quoteName(table)})`)
  return checks.flatMap((check) => connection.pragma(check) as { table: string; rowid: bigint | null; parent: string }[])
    .map(({ table, rowid, parent }) => ({ table, rowid: rowid === null ? null : String(rowid), parent }))
}

function reading<T>(file: string, work: (connection: Connection) => T): T {
  return withDatabase(file, { readonly: true }, (connection) => {
    readWithMmap(connection)
    return work(connection)
  })
}
