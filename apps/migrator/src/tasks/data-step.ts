import type { Batches, DataRow, DataStepContext, DataValue } from '@trivia/database/data-step'
import { pathToFileURL } from 'node:url'
import { type Connection, count, openDatabase, quoteName } from '../sqlite/connection.ts'

const BATCH = 1_000
/** How often progress is told, in milliseconds. */
const TELL_EVERY_MS = 200

/** Loads a data step and runs it on a database that is thrown away when it fails. */
export async function runStep(file: string, step: string, tell: (text: string) => void): Promise<{ rows: number }> {
  const loaded = await import(pathToFileURL(step).href) as { default?: unknown }
  if (typeof loaded.default !== 'function') throw new Error('data.ts has to have a function as its default export')
  const connection = openDatabase(file)
  try {
    connection.pragma('synchronous = OFF')
    connection.pragma('foreign_keys = ON')
    const before = count(connection, 'SELECT total_changes()')
    await (loaded.default as (context: DataStepContext) => void | Promise<void>)(contextOf(connection, tell))
    if (connection.inTransaction) throw new Error('it left a transaction open')
    return { rows: count(connection, 'SELECT total_changes()') - before }
  } finally {
    connection.close()
  }
}

function contextOf(connection: Connection, tell: (text: string) => void): DataStepContext {
  return {
    run: (sql, ...parameters) => connection.prepare(sql).run(...parameters).changes,
    get: (sql, ...parameters) => connection.prepare(sql).get(...parameters) as DataRow | undefined,
    all: (sql, ...parameters) => connection.prepare(sql).all(...parameters) as DataRow[],
    batches: (rows, work) => throughBatches(connection, rows, work, tell),
    progress: tell,
  }
}

function throughBatches(connection: Connection, { from, key, columns, where, size = BATCH }: Batches, work: (batch: readonly DataRow[]) => void, tell: (text: string) => void): number {
  if (!Number.isInteger(size) || size < 1) throw new Error('the size of a batch has to be a whole number from 1 on')
  const wanted = columns === undefined ? '*' : [...new Set([key, ...columns])].map(quoteName).join(', ')
  const condition = where === undefined ? '' : `(${where}) AND `
  const order = `ORDER BY ${quoteName(key)} LIMIT ${size}`
  const first = connection.prepare(`SELECT ${wanted} FROM ${quoteName(from)} WHERE ${condition}${quoteName(key)} IS NOT NULL ${order}`)
  const next = connection.prepare(`SELECT ${wanted} FROM ${quoteName(from)} WHERE ${condition}${quoteName(key)} > ? ${order}`)
  const total = count(connection, `SELECT count(*) FROM ${quoteName(from)}${where === undefined ? '' : ` WHERE ${where}`}`)
  let done = 0
  let told = 0
  let last: DataValue | undefined
  while (true) {
    const batch = (last === undefined ? first.all() : next.all(last)) as DataRow[]
    if (batch.length === 0) return done
    connection.transaction(() => work(batch))()
    done += batch.length
    last = batch.at(-1)?.[key] ?? null
    if (performance.now() - told > TELL_EVERY_MS) {
      told = performance.now()
      tell(`${from}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} rows`)
    }
  }
}
