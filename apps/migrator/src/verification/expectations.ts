import type { Stage } from '../pipeline/state.ts'
import type { DeclaredQuery } from '../preservation/declaration.ts'
import { quoteName, withDatabase } from '../sqlite/connection.ts'
import type { Problem } from './problem.ts'

/** A question that a migration declares, and what came. */
export interface AnsweredQuery {
  readonly migration: string
  readonly name: string
  readonly when: 'before' | 'after'
  readonly sql: string
  readonly expected: string
  readonly actual: string
  readonly ok: boolean
}

/** A table's rows as a migration foretells them, and how many came. */
export interface Forecast {
  readonly migration: string
  readonly table: string
  readonly expected: number
  readonly actual: number
  readonly ok: boolean
}

/** What migrations expected, and what they got. */
export interface Expectations {
  readonly queries: readonly AnsweredQuery[]
  readonly forecasts: readonly Forecast[]
  readonly problems: readonly Problem[]
}

/** What cannot be asked is no answer that anybody expects, not even the same one. */
type Answer = string | number | null | Error
type Outcome = Pick<AnsweredQuery, 'when' | 'expected' | 'actual' | 'ok'>

/** Asks what the migrations' declarations ask, right before and right after each of them. */
export function checkExpectations(stages: readonly Stage[]): Expectations {
  const queries: AnsweredQuery[] = []
  const forecasts: Forecast[] = []
  for (const { before, after, planned } of stages) {
    // Nothing can be expected of a database that there was not.
    if (before === null) continue
    for (const { migration, declaration } of planned) {
      queries.push(...declaration.queries.flatMap((query) => outcomes(query, before, after).map((outcome) => ({ migration: migration.name, name: query.name, sql: query.sql, ...outcome }))))
      forecasts.push(...Object.entries(declaration.forecast).map(([table, rows]) => ({ migration: migration.name, table, ...compareRows(rows, table, before, after) })))
    }
  }
  const problems = [
    ...queries.filter(({ ok }) => !ok).map(({ migration, name, when, expected, actual }) => ({ code: 'QUERY_UNEXPECTED', text: `${migration} expects of "${name}" ${when} it: ${expected}; the answer is ${actual}` })),
    ...forecasts.filter(({ ok }) => !ok).map(({ migration, table, expected, actual }) => ({ code: 'FORECAST_WRONG', text: `${migration} foretells ${expected} rows of ${table}; there are ${actual}` })),
  ]
  return { queries, forecasts, problems }
}

function outcomes(query: DeclaredQuery, before: string, after: string): Outcome[] {
  const [was, is] = [ask(before, query.sql), ask(after, query.sql)]
  const outcome = (when: 'before' | 'after', expected: Answer, actual: Answer): Outcome => ({ when, expected: String(expected), actual: String(actual), ok: expected === actual && !(actual instanceof Error) })
  return [
    ...(query.before === undefined ? [] : [outcome('before', query.before, was)]),
    ...(query.after === undefined ? [] : [outcome('after', query.after, is)]),
    ...(query.same === true ? [outcome('after', was, is)] : []),
  ]
}

function compareRows(rows: number | string, table: string, before: string, after: string): Pick<Forecast, 'expected' | 'actual' | 'ok'> {
  const expected = typeof rows === 'number' ? rows : Number(ask(before, rows))
  const actual = Number(ask(after, `SELECT count(*) FROM ${quoteName(table)}`))
  return { expected, actual, ok: expected === actual }
}

/** The first column of the first row. */
function ask(file: string, sql: string): Answer {
  try {
    return withDatabase(file, { readonly: true }, (connection) => plain(connection.prepare(sql).pluck().get()))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function plain(value: unknown): Answer {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}
