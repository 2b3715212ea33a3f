import type { Token } from '@trivia/schema-engine/sql'
import { quoteName } from '../../sqlite/connection.ts'
import { bareName, meaningfulTokens } from '../../structure/ddl.ts'
import type { Draft } from '../finding.ts'
import { lineAbout, ownTables, survivingTables, tableOf } from '../lookup.ts'
import { plainColumn, type Rebuild } from '../rebuild.ts'
import type { Rule, Subject } from '../rule.ts'
import { statementsOf } from '../statement.ts'

/** What is to be unique, in a table that has rows already. */
interface Demand {
  readonly table: string
  readonly line: number
  /** The columns or expressions, as they are written. */
  readonly values: readonly (readonly Token[])[]
  readonly where: readonly Token[] | null
}

/**
 * UNIQUE over columns whose values may be there more than once.
 * Asks the database; where there is none, the question is put to the reader.
 */
export const uniqueOverDuplicates: Rule = {
  name: 'unique-over-duplicates',
  *check(subject) {
    for (const demand of demandsOf(subject)) {
      const draft = judge(subject, demand)
      if (draft !== null) yield draft
    }
  },
}

function demandsOf(subject: Subject): Demand[] {
  const own = ownTables(subject)
  const indexes = statementsOf(subject.statements, 'create-index')
    .filter(({ action }) => action.unique && !own.has(action.table))
    .map(({ action, line }): Demand => ({ table: action.table, line, values: action.columns, where: action.where }))
  const constraints = survivingTables(subject).flatMap(({ table, now }) => now.uniques
    .filter((unique) => !table.uniques.includes(unique) && !unique.includes('(expression)'))
    .map((unique): Demand => ({ table: table.name.toLowerCase(), line: lineAbout(subject, table.name), values: unique.split(', ').map((column) => meaningfulTokens(quoteName(column))), where: null })))
  const named = indexes.map((demand) => `${demand.table}: ${namesOf(demand)}`)
  return [...indexes, ...constraints.filter((demand) => !named.includes(`${demand.table}: ${namesOf(demand)}`))]
    .filter((demand) => demand.where !== null || tableOf(subject.before, demand.table)?.uniques.includes(namesOf(demand)) !== true)
}

function namesOf({ values }: Demand): string {
  return values.map((value) => withoutOrder(value).map(bareName).join(' ')).join(', ')
}

function withoutOrder(value: readonly Token[]): readonly Token[] {
  const last = value.at(-1)?.text.toLowerCase()
  return last === 'asc' || last === 'desc' ? value.slice(0, -1) : value
}

function judge(subject: Subject, demand: Demand): Draft | null {
  const { table, line, where } = demand
  const { data, statements } = subject
  const rebuild = subject.rebuilds.find((each) => each.table === table)
  const sources = demand.values.map((value) => sourceOf(withoutOrder(value), rebuild))
  // A column that comes with this migration holds NULL in every row, and NULLs may be many.
  if (sources.some((source) => isNewAndNull(subject, table, source))) return null
  const columns = sources.map(plainColumn).filter((column) => column !== null)
  const what = `UNIQUE (${namesOf(demand)}) on ${table}`
  const conditions = [...sources.map((source) => `${text(source)} IS NOT NULL`), ...(where === null ? [] : [text(where)])].join(' AND ')
  // Which row stays is nobody's to guess: the proposal is a question.
  const fix = `SELECT ${sources.map(text).join(', ')}, count(*) FROM ${table} WHERE ${conditions} GROUP BY ${sources.map((_, at) => at + 1).join(', ')} HAVING count(*) > 1;`
  const duplicates = data?.knows(table, columns) === true ? data.duplicates(table, sources.map(text), where === null ? null : text(where)) : null
  if (duplicates === null) {
    return { severity: 'warning', line, message: `${what} fails where values are there more than once, and no database was at hand that could tell. Look at real data first.`, fix }
  }
  if (duplicates === 0) return null
  const mended = data?.changedBefore(table) === true || statements.some(({ action, line: at }) => at < line && (action.kind === 'update' || action.kind === 'delete') && action.table === table)
  return {
    severity: mended ? 'warning' : 'error',
    line,
    message: `${what}: ${duplicates} ${duplicates === 1 ? 'value is' : 'values are'} there more than once${mended ? ' now; what is written before has to mend them all' : ', and SQLite refuses it. Decide which rows stay, in a statement before, and declare it in preserve.json'}.`,
    fix,
  }
}

/** What a value of the new table is made of in the old one. */
function sourceOf(value: readonly Token[], rebuild: Rebuild | undefined): readonly Token[] {
  const column = plainColumn(value)
  return (column === null ? undefined : rebuild?.filledWith.get(column)) ?? value
}

function isNewAndNull(subject: Subject, table: string, source: readonly Token[]): boolean {
  const column = plainColumn(source)
  if (column === null || tableOf(subject.before, table)?.parts.columns.has(column) === true) return false
  const definition = tableOf(subject.after, table)?.parts.columns.get(column)
  const isFilled = statementsOf(subject.statements, 'update').some(({ action }) => action.table === table && action.sets.includes(column))
  return definition !== undefined && !/\bdefault\b(?! null\b)/.test(definition) && !isFilled
}

function text(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ')
}
