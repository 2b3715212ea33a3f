import { type Connection, count, everyTable, quoteName, quoteText } from './connection.ts'

/** At most so many damages are listed. */
const MOST = 100

/** integrity_check also lists rows that break a constraint: those are broken rows, not a broken file. */
const ROW_PROBLEM = /^(CHECK constraint failed in|NULL value in|NUMERIC value in|TEXT value in|non-\w+ value in) /

/** Up to so many rows a table's check by SQLite takes less than a second. */
const LARGE_TABLE = 200_000

/** What one of SQLite's checks finds, of the whole file or of one table. */
export function damages(connection: Connection, check: 'integrity_check' | 'quick_check', table?: string): string[] {
  const rows = connection.prepare(`PRAGMA ${check}(${table === undefined ? MOST : quoteText(table)})`).pluck().all() as string[]
  return rows.flatMap((row) => row.split('\n')).filter((line) => line !== 'ok' && line !== '' && !ROW_PROBLEM.test(line))
}

/**
 * The check of a file that SQLite has written just now from one that integrity_check found sound: every page and row
 * (quick_check, of the whole file), and each index against its table. Small tables are left to integrity_check; for
 * large ones it would look up each row in each index, in no order that a disk or a cache likes (ten seconds for two
 * million rows with three indexes). Instead both are gone through once, and what each holds is summed up.
 */
export function damagesByTable(connection: Connection): string[] {
  const found = damages(connection, 'quick_check')
  for (const table of everyTable(connection)) {
    const sums = isLarge(connection, table) ? indexesToSum(connection, table) : null
    found.push(...(sums === null ? damages(connection, 'integrity_check', table) : disagreements(connection, table, sums)))
  }
  return [...new Set(found)]
}

function isLarge(connection: Connection, table: string): boolean {
  return count(connection, `SELECT count(*) FROM (SELECT 1 FROM ${quoteName(table)} LIMIT ${LARGE_TABLE + 1})`) > LARGE_TABLE
}

interface PlainIndex {
  readonly name: string
  readonly columns: readonly string[]
}

/** The indexes of a table; null where one has a condition or an expression, or the table no row numbers. */
function indexesToSum(connection: Connection, table: string): PlainIndex[] | null {
  const indexes = connection.prepare('SELECT name, partial FROM pragma_index_list(?)').all(table) as { name: string; partial: bigint }[]
  const withoutRowid = count(connection, `SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ${quoteText(table)}`) === 1
  const plain = indexes.map(({ name, partial }) => {
    const columns = connection.prepare('SELECT name FROM pragma_index_info(?)').pluck().all(name) as (string | null)[]
    return { name, partial: partial !== 0n, columns: columns.filter((column) => column !== null), expressions: columns.includes(null) }
  })
  return withoutRowid || plain.some((index) => index.partial || index.expressions) ? null : plain
}

function disagreements(connection: Connection, table: string, indexes: readonly PlainIndex[]): string[] {
  const isText = new Map([...new Set(indexes.flatMap((index) => index.columns))].map((column) => [column, holdsText(connection, table, column)]))
  return indexes.flatMap(({ name, columns }) => {
    const ofColumns = columns.flatMap((column) => (isText.get(column) === true ? sumsOfText(quoteName(column)) : sumsOfNumbers(quoteName(column))))
    const sums = `SELECT count(*), sum(rowid & 0xffffffff), sum(rowid >> 32), ${ofColumns.join(', ')} FROM ${quoteName(table)}`
    const [ofTable, ofIndex] = [`${sums} NOT INDEXED`, `${sums} INDEXED BY ${quoteName(name)}`].map((sql) => String(connection.prepare(sql).raw().get()))
    return ofTable === ofIndex ? [] : [`the index ${name} does not hold what ${table} holds`]
  })
}

function holdsText(connection: Connection, table: string, column: string): boolean {
  const name = quoteName(column)
  return connection.prepare(`SELECT typeof(${name}) FROM ${quoteName(table)} WHERE ${name} IS NOT NULL LIMIT 1`).pluck().get() === 'text'
}

// Sums tell contents apart: each value is weighted by its row's number, so that no two can be exchanged unseen. Whole
// numbers only (sums of fractions depend on the order), and small enough for a thousand million rows.
const WEIGHT = '(rowid & 1023 | 1)'

function sumsOfNumbers(column: string): string[] {
  return [`count(${column})`, `sum((${column} & 0xfffffff) * ${WEIGHT})`, `sum((${column} >> 28) & 0xfffffff)`, `sum(${column} >> 56)`]
}

/** The length, and the letter that differs most in times (the minute) and numbers. */
function sumsOfText(column: string): string[] {
  return [`count(${column})`, `sum(octet_length(${column}))`, `sum(unicode(substr(${column}, -4)) * ${WEIGHT})`]
}
