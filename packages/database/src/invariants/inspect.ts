import type { Database } from 'better-sqlite3'
import type { Rule, Severity, StorageEra } from './rule.ts'
import { rules as allRules } from './rules.ts'

/** A rule that some rows of a table break. */
export interface Finding {
  readonly rule: string
  readonly table: string
  readonly severity: Severity
  readonly rows: number
  /** The first of them: the row's key and what is wrong with it. */
  readonly examples: readonly { readonly key: string; readonly reason: string }[]
}

export interface Inspection {
  readonly era: StorageEra
  /** The guide's figures and every rule's number of broken rows, by the rule's name. */
  readonly figures: Readonly<Record<string, number>>
  readonly findings: readonly Finding[]
}

/** How the database stores its values; databases without players count as current. */
export function storageEra(database: Database): StorageEra {
  const type = database.prepare("SELECT upper(type) FROM pragma_table_info('users') WHERE name = 'user_id'").pluck().get()
  return type === undefined || type === 'BIGINT' ? 'current' : 'legacy'
}

/** The rules that have something to say of this database: their tables and columns are there. */
export function applicableRules(database: Database, rules: readonly Rule[] = allRules): Rule[] {
  const era = storageEra(database)
  const columns = new Map<string, Set<string>>()
  const columnsOf = (table: string): Set<string> => {
    let known = columns.get(table)
    if (known === undefined) {
      known = new Set(database.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[])
      columns.set(table, known)
    }
    return known
  }
  return rules.filter((rule) => {
    if (rule.era !== undefined && rule.era !== era) return false
    if (rule.parent !== undefined && columnsOf(rule.parent).size === 0) return false
    const own = columnsOf(rule.table)
    return own.size > 0 && [...`${rule.broken} ${rule.reason}`.matchAll(/\bt\.(\w+)/g)].every(([, column]) => own.has(column ?? ''))
  })
}

/** The primary key of a rule's table as SQL over its row `t`; the row number where there is none. */
export function keyOf(database: Database, table: string): string {
  const key = database.prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk').pluck().all(table) as string[]
  return key.length === 0 ? 't.rowid' : key.map((column) => `t.${column}`).join(` || ', ' || `)
}

/**
 * Looks at every row once, with all of its table's rules together.
 *
 * @param examples how many rows to name for each finding
 */
export function inspect(database: Database, examples = 20): Inspection {
  const applicable = applicableRules(database)
  const figures: Record<string, number> = { user_count: 0 }
  for (const rule of allRules) figures[rule.name] = 0
  const findings: Finding[] = []
  for (const [table, tableRules] of Map.groupBy(applicable, (rule) => rule.table)) {
    const sums = tableRules.map((rule) => `count(*) FILTER (WHERE ${rule.broken})`)
    const row = database.prepare(`SELECT count(*), ${sums.join(', ')} FROM ${table} AS t`).raw().get() as (bigint | number)[]
    if (table === 'users') figures.user_count = Number(row[0])
    for (const [index, rule] of tableRules.entries()) {
      const rows = Number(row[index + 1])
      if (rows === 0) continue
      figures[rule.name] = (figures[rule.name] ?? 0) + rows
      findings.push({ rule: rule.name, table, severity: rule.severity, rows, examples: examplesOf(database, rule, examples) })
    }
  }
  return { era: storageEra(database), figures, findings }
}

function examplesOf(database: Database, rule: Rule, limit: number): Finding['examples'] {
  return database
    .prepare(`SELECT CAST(${keyOf(database, rule.table)} AS TEXT) AS key, ${rule.reason} AS reason FROM ${rule.table} AS t WHERE ${rule.broken} LIMIT ${limit}`)
    .all() as { key: string; reason: string }[]
}
