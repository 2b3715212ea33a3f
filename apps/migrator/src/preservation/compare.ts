import { type Connection, quoteName, quoteText } from '../sqlite/connection.ts'
import { archiveOf } from './archive-table.ts'
import { type Column, isQuarantine, listColumns, listTables, primaryKey } from '../structure/tables.ts'

/** What happened to one table between the snapshot and the candidate. */
export interface TableComparison {
  readonly table: string
  readonly before: number
  readonly after: number
  /** Rows of before that are neither in the table nor in its quarantine or archive now. */
  readonly lost: number
  readonly added: number
  /** Rows with another value in any column. */
  readonly changed: number
  /** Rows by column with another value; columns without a change are left out. */
  readonly changedColumns: Readonly<Record<string, number>>
  /** Rows that are in quarantine now, with every value as before. */
  readonly quarantined: number
  /** Rows that are in the table's archive now, with every value as before. */
  readonly archived: number
  /** Whether it has the same columns as before, by their names. */
  readonly sameColumns: boolean
  /** Whether the table itself is gone. */
  readonly gone: boolean
  /** Some of the keys behind the numbers, for the report. */
  readonly examples: { readonly lost: readonly string[]; readonly added: readonly string[]; readonly changed: readonly string[] }
}

const EXAMPLES = 5

/**
 * Compares every row of every table of `before` with `after`, matched by primary key, column by column, inside
 * SQLite: memory does not grow with the tables. A value is the same only with the same storage class, so that
 * 5 and '5' and 5.0 are three values, whatever the columns' types and collations say.
 *
 * @param connection a connection on the candidate with the snapshot attached as `before`
 */
export function compareTables(connection: Connection, onTable: (table: string) => void = () => {}): TableComparison[] {
  const after = new Set(listTables(connection, 'main').map((table) => table.toLowerCase()))
  return listTables(connection, 'before').map((table) => {
    onTable(table)
    return after.has(table.toLowerCase()) ? compareTable(connection, table) : goneTable(connection, table)
  })
}

function goneTable(connection: Connection, table: string): TableComparison {
  const before = countOf(connection, `SELECT count(*) FROM before.${quoteName(table)}`)
  return { ...unchanged(table, before, 0), lost: before, gone: true }
}

function compareTable(connection: Connection, table: string): TableComparison {
  const columnsBefore = listColumns(connection, table, 'before')
  const columnsAfter = listColumns(connection, table, 'main')
  // SQLite does not tell cases of names apart; a dropped column is a loss of structure (structure/losses.ts).
  const namesAfter = new Set(columnsAfter.map((column) => column.name.toLowerCase()))
  const shared = columnsBefore.filter((column) => namesAfter.has(column.name.toLowerCase())).map((column) => column.name)
  const before = countOf(connection, `SELECT count(*) FROM before.${quoteName(table)}`)
  const after = countOf(connection, `SELECT count(*) FROM main.${quoteName(table)}`)
  const key = matchingKey(columnsBefore, columnsAfter)
  if (key.length === 0) return compareWithoutKey(connection, table, shared, before, after)

  const name = quoteName(table)
  const match = key.map((column) => `b.${quoteName(column)} IS a.${quoteName(column)}`).join(' AND ')
  const values = shared.filter((column) => !key.includes(column))
  const differences = values.map((column) => differs(quoteName(column)))
  const rest = key.map((column) => differs(quoteName(column)))
  const sum = (sums: readonly string[]): number[] => (connection
    .prepare(`SELECT ${sums.join(', ')} FROM before.${name} AS b CROSS JOIN main.${name} AS a ON ${match}`)
    .raw()
    .get() as (bigint | null)[]).map((value) => Number(value ?? 0))
  const [matched = 0, changed = 0] = sum(['count(*)', `sum(${[...differences, ...rest].join(' OR ') || '0'})`])
  // Most tables have no change: only the others are gone through again, column by column.
  const byColumn = changed > 0 && differences.length > 0 ? sum(differences.map((difference) => `sum(${difference})`)) : []
  const changedColumns = Object.fromEntries(values.map((column, index) => [column, byColumn[index] ?? 0] as const).filter(([, rows]) => rows > 0))
  const missing = before - matched
  const moved = (places: readonly string[]): number => (missing > 0 ? movedRows(connection, table, places, columnsBefore, key, match) : 0)
  const quarantined = moved([`quarantine_${table}`])
  const archived = moved([`quarantine_${table}`, archiveOf(table)]) - quarantined
  const lost = missing - quarantined - archived
  const keys = (from: string, other: string, condition: string): string[] => exampleKeys(connection, `SELECT ${keyText(key, from === 'before' ? 'b' : 'a')} FROM ${from}.${name} AS ${from === 'before' ? 'b' : 'a'} ${other} ${condition} LIMIT ${EXAMPLES}`)
  return {
    table,
    before,
    after,
    lost,
    added: after - matched,
    changed,
    changedColumns,
    quarantined,
    archived,
    sameColumns: shared.length === columnsBefore.length && shared.length === columnsAfter.length,
    gone: false,
    examples: {
      lost: lost > 0 ? keys('before', '', `WHERE NOT EXISTS (SELECT 1 FROM main.${name} AS a WHERE ${match})`) : [],
      added: after - matched > 0 ? keys('main', '', `WHERE NOT EXISTS (SELECT 1 FROM before.${name} AS b WHERE ${match})`) : [],
      changed: changed > 0 ? keys('before', `CROSS JOIN main.${name} AS a ON ${match}`, `WHERE ${[...differences, ...rest].join(' OR ')}`) : [],
    },
  }
}

/** The primary key, when it is the same on both sides. */
function matchingKey(before: readonly Column[], after: readonly Column[]): string[] {
  const key = primaryKey(before)
  const same = primaryKey(after)
  return key.length > 0 && key.length === same.length && key.every((column, index) => column.toLowerCase() === same[index]?.toLowerCase()) ? key : []
}

/**
 * Tables without a common primary key are compared as bags of rows: a changed row is one lost and one added. Their
 * row numbers are no key, since a VACUUM may give others.
 */
function compareWithoutKey(connection: Connection, table: string, columns: readonly string[], before: number, after: number): TableComparison {
  if (columns.length === 0) return { ...unchanged(table, before, after), lost: before, added: after }
  // Names of our own: a column of the table could be called as anything here.
  const values = columns.flatMap((column, index) => [`${quoteName(column)} COLLATE BINARY AS v${index}`, `typeof(${quoteName(column)}) AS t${index}`])
  const places = values.map((_, index) => index + 1).join(', ')
  const bag = (schema: string): string => `SELECT ${values.join(', ')}, count(*) AS rows_alike FROM ${schema}.${quoteName(table)} GROUP BY ${places}`
  const onlyIn = (one: string, other: string): number => countOf(connection, `SELECT total(rows_alike) FROM (${bag(one)} EXCEPT ${bag(other)})`)
  const [lost, added] = [onlyIn('before', 'main'), onlyIn('main', 'before')]
  if (before - lost !== after - added) throw new Error(`The comparison of ${table} does not add up: ${before} - ${lost}, ${after} - ${added}.`)
  return { ...unchanged(table, before, after), lost, added }
}

/** Rows of before that are not in the table but, with every value as it was, in one of these places. Each counts once. */
function movedRows(connection: Connection, table: string, places: readonly string[], columns: readonly Column[], key: readonly string[], match: string): number {
  if (isQuarantine(table)) return 0
  const first = key.map((column) => `b.${quoteName(column)}`)
  const same = columns.map((column) => `q.${quoteName(column.name)} IS b.${quoteName(column.name)} AND typeof(q.${quoteName(column.name)}) = typeof(b.${quoteName(column.name)})`)
  const found = places.filter((place) => takesAll(connection, place, columns)).map((place) => `
    SELECT ${first.join(', ')} FROM main.${quoteName(place)} AS q
    CROSS JOIN before.${quoteName(table)} AS b ON ${key.map((column) => `b.${quoteName(column)} = q.${quoteName(column)}`).join(' AND ')}
    WHERE ${same.join(' AND ')} AND NOT EXISTS (SELECT 1 FROM main.${quoteName(table)} AS a WHERE ${match})`)
  // UNION leaves each key once, also the only one of a single place.
  return found.length === 0 ? 0 : countOf(connection, `SELECT count(*) FROM (${[...found, `SELECT ${first.map(() => 'NULL').join(', ')} WHERE 0`].join(' UNION ')})`)
}

/** Whether a table has all of these columns. */
function takesAll(connection: Connection, table: string, columns: readonly Column[]): boolean {
  const there = new Set(listColumns(connection, table).map((column) => column.name))
  return columns.every((column) => there.has(column.name))
}

function differs(column: string): string {
  return `(a.${column} COLLATE BINARY IS NOT b.${column} COLLATE BINARY OR typeof(a.${column}) <> typeof(b.${column}))`
}

function keyText(key: readonly string[], alias: string): string {
  return key.map((column) => `quote(${alias}.${quoteName(column)})`).join(` || ${quoteText(', ')} || `)
}

function exampleKeys(connection: Connection, sql: string): string[] {
  return connection.prepare(sql).pluck().all() as string[]
}

function countOf(connection: Connection, sql: string): number {
  return Number(connection.prepare(sql).pluck().get() ?? 0)
}

function unchanged(table: string, before: number, after: number): TableComparison {
  return {
    table,
    before,
    after,
    lost: 0,
    added: 0,
    changed: 0,
    changedColumns: {},
    quarantined: 0,
    archived: 0,
    sameColumns: false,
    gone: false,
    examples: { lost: [], added: [], changed: [] },
  }
}
