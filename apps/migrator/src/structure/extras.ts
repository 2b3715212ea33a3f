import { type Connection, quoteName } from '../sqlite/connection.ts'
import { messageOf } from '../errors.ts'
import { type Catalog, readCatalog, type SchemaObject } from './catalog.ts'
import { isSame } from './difference.ts'

/** What became of the objects that the migrations do not know. */
export interface ExtrasReport {
  readonly kept: readonly string[]
  /** Those that make no sense any more, each with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly type: string; readonly why: string; readonly sql: string }[]
}

const KINDS = { table: 'tables', index: 'indexes', trigger: 'triggers', view: 'views' } as const

/**
 * Takes indexes, triggers and views away that the migrations do not know, so that none of them fires at, or
 * goes down with, a rebuild. Indexes on tables that the migrations do not know stay where they are.
 *
 * @returns what was taken away, for `bringBack`
 */
export function setAside(connection: Connection, known: Catalog): SchemaObject[] {
  const actual = readCatalog(connection)
  const foreign = (kind: 'indexes' | 'triggers' | 'views'): SchemaObject[] =>
    [...actual[kind].values()].filter((object) => {
      const expected = known[kind].get(object.name)
      return expected === undefined || !isSame(object, expected)
    })
  const extras = [...foreign('views'), ...foreign('triggers'), ...foreign('indexes').filter((index) => known.tables.has(index.table))]
  for (const object of [...extras].sort((a, b) => order(b) - order(a))) {
    connection.exec(`DROP ${object.type.toUpperCase()} IF EXISTS ${quoteName(object.name)}`)
  }
  return extras
}

/** Puts back what still makes sense after the migrations, indexes first, and says of the rest why it does not. */
export function bringBack(connection: Connection, extras: readonly SchemaObject[]): ExtrasReport {
  const kept: string[] = []
  const leftOut: ExtrasReport['leftOut'][number][] = []
  const known = readCatalog(connection)
  for (const object of [...extras].sort((a, b) => order(a) - order(b))) {
    const own = known[KINDS[object.type]].get(object.name)
    // The migrations have made it their own.
    if (own !== undefined && isSame(own, object)) continue
    const problem = restoreObject(connection, object)
    if (problem === null) kept.push(object.name)
    else leftOut.push({ name: object.name, type: object.type, why: problem, sql: object.sql })
  }
  return { kept, leftOut }
}

/** Makes the indexes of `expected` that are missing. */
export function completeIndexes(connection: Connection, expected: Catalog): string[] {
  const actual = readCatalog(connection)
  const missing = [...expected.indexes.values()].filter((index) => !actual.indexes.has(index.name) && actual.tables.has(index.table))
  for (const index of missing) connection.exec(index.sql)
  return missing.map((index) => index.name)
}

function order(object: SchemaObject): number {
  return { table: 0, index: 1, view: 2, trigger: 3 }[object.type]
}

function restoreObject(connection: Connection, object: SchemaObject): string | null {
  const now = readCatalog(connection)[KINDS[object.type]].get(object.name)
  if (now !== undefined) return `the schema has its own ${object.type} of this name: ${now.sql}`
  if (object.type === 'trigger' && writesOldTimes(object.sql)) {
    return 'it writes times in the older format, which would not sort among the others'
  }
  connection.exec('SAVEPOINT extra')
  try {
    connection.exec(object.sql)
    tryOut(connection, object)
    connection.exec('RELEASE extra')
    return null
  } catch (error) {
    connection.exec('ROLLBACK TO extra; RELEASE extra')
    return messageOf(error)
  }
}

/** SQLite looks into a trigger or view only when it is used: compiling a use shows whether its columns are there. */
function tryOut(connection: Connection, object: SchemaObject): void {
  if (object.type === 'view') connection.prepare(`SELECT * FROM ${quoteName(object.name)} LIMIT 0`).all()
  if (object.type !== 'trigger') return
  const table = quoteName(object.table)
  const columns = connection.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(object.table) as string[]
  const assignments = columns.map((column) => `${quoteName(column)} = ${quoteName(column)}`).join(', ')
  connection.prepare(`EXPLAIN INSERT INTO ${table} DEFAULT VALUES`).all()
  connection.prepare(`EXPLAIN UPDATE ${table} SET ${assignments}`).all()
  connection.prepare(`EXPLAIN DELETE FROM ${table}`).all()
}

function writesOldTimes(sql: string): boolean {
  return /\bCURRENT_TIMESTAMP\b|\bdatetime\s*\(\s*'now'/i.test(sql) && /\b(last_played|created_at|unlocked_at|start_time|end_time|applied_at)\b/i.test(sql)
}
