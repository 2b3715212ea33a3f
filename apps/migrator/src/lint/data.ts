import { type Connection, count, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'

/**
 * The rows that a migration will meet, as far as a database tells that does not have it yet. What migrations before
 * it do to the rows is not known; who asks looks at `changedBefore`.
 */
export class Data {
  readonly #connection: Connection
  readonly #changed: ReadonlySet<string>

  /** @param changed tables that pending migrations before this one write to */
  constructor(connection: Connection, changed: ReadonlySet<string>) {
    this.#connection = connection
    this.#changed = changed
  }

  /** Whether the database has a table with these columns. */
  knows(table: string, columns: readonly string[] = []): boolean {
    const there = new Set(listColumns(this.#connection, table).map((column) => column.name.toLowerCase()))
    return there.size > 0 && columns.every((column) => there.has(column))
  }

  changedBefore(table: string): boolean {
    return this.#changed.has(table)
  }

  hasRows(table: string): boolean {
    return count(this.#connection, `SELECT EXISTS (SELECT 1 FROM ${quoteName(table)})`) === 1
  }

  /** The number of rows for which a condition holds. */
  rowsWhere(table: string, condition: string): number {
    return count(this.#connection, `SELECT count(*) FROM ${quoteName(table)} WHERE ${condition}`)
  }

  /**
   * How many values of these expressions are there more than once; null where the database cannot say, because they
   * speak of what is not there yet. NULL is never the same as NULL.
   */
  duplicates(table: string, expressions: readonly string[], where: string | null): number | null {
    const conditions = [...expressions.map((each) => `(${each}) IS NOT NULL`), ...(where === null ? [] : [`(${where})`])].join(' AND ')
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${quoteName(table)} WHERE ${conditions} GROUP BY ${expressions.map((each) => `(${each})`).join(', ')} HAVING count(*) > 1)`
    return this.#understands(sql) ? count(this.#connection, sql) : null
  }

  #understands(sql: string): boolean {
    try {
      this.#connection.prepare(sql)
      return true
    } catch {
      return false
    }
  }
}
