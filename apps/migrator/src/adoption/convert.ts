import { dateColumns, legacyTimeSql, meantOptionSql, tablesWithTimes, timeColumns } from '@trivia/database/invariants'
import { keepEverything, type PreserveDeclaration } from '../preservation/declaration.ts'
import { type Connection, quoteName } from '../sqlite/connection.ts'
import { listColumns } from '../structure/tables.ts'
import { LocalTimeReader } from './local-time.ts'

/** What the conversion of an older database did, in rows. */
export interface Conversion {
  readonly times: number
  /** Local times that a change of clocks repeats: the earlier one was taken. */
  readonly ambiguousTimes: number
  /** Local times that a change of clocks skips: moved on by the change. */
  readonly skippedTimes: number
  /** Times at the end of all years, which the zone would have moved out of them. */
  readonly clampedTimes: number
  readonly dates: number
  readonly answers: number
}

/** Columns that hold local time without a zone in the older system; all others are UTC. */
const LOCAL: Readonly<Record<string, readonly string[]>> = { users: ['last_played', 'created_at'] }

/**
 * Brings the values of versions 1 and 2 into a form that the migrations can go on with: local times become UTC,
 * times in unusual formats the usual one, days lose a time of day, answers become the text of their option.
 * Rows that are as they should be are not touched: the migration to version 3 changes the format of them all.
 */
export function convertLegacyValues(connection: Connection, legacyTimezone: string): Conversion {
  const totals = { times: 0, ambiguousTimes: 0, skippedTimes: 0, clampedTimes: 0, dates: 0, answers: 0 }
  const local = new LocalTimeReader(legacyTimezone)
  const utc = new LocalTimeReader('UTC')
  const zoned = legacyTimezone !== 'UTC'
  const register = (name: string, reader: LocalTimeReader): void => {
    connection.function(name, { deterministic: true }, (value: unknown) => {
      const moment = typeof value === 'string' ? reader.read(value) : null
      if (moment?.reading === 'ambiguous') totals.ambiguousTimes++
      if (moment?.reading === 'skipped') totals.skippedTimes++
      if (moment?.reading === 'clamped') totals.clampedTimes++
      return moment?.text ?? value
    })
  }
  register('moment_of_local', local)
  register('moment_of_utc', utc)

  for (const table of tablesWithTimes()) {
    const there = new Set(listColumns(connection, table).map((column) => column.name))
    for (const column of timeColumns(table).filter((name) => there.has(name))) {
      const isLocal = LOCAL[table]?.includes(column) === true
      const reader = isLocal ? 'moment_of_local' : 'moment_of_utc'
      const condition = isLocal && zoned ? '' : ` AND NOT ${legacyTimeSql(column)}`
      totals.times += run(connection, `UPDATE ${quoteName(table)} SET ${column} = ${reader}(${column}) WHERE typeof(${column}) = 'text'${condition}`)
    }
    for (const column of dateColumns(table).filter((name) => there.has(name))) {
      totals.dates += run(connection, `UPDATE ${quoteName(table)} SET ${column} = substr(${column}, 1, 10) WHERE length(${column}) <> 10`)
    }
  }
  totals.answers = run(connection, `UPDATE questions AS t SET correct_answer = (${meantOptionSql})
    WHERE question_type = 'multiple_choice' AND (${meantOptionSql}) <> correct_answer`)
  return totals
}

/** What an adoption may change, in the words of `preserve.json`. */
export function adoptionDeclaration(): PreserveDeclaration {
  const why = 'adoption of an older database: one format for times, answers as text'
  const tables: PreserveDeclaration['tables'] = {}
  for (const table of tablesWithTimes()) {
    tables[table] = { changed: [...timeColumns(table), ...dateColumns(table)], lost: 0, added: 0, why }
  }
  const questions = tables.questions
  if (questions !== undefined) tables.questions = { ...questions, changed: [...questions.changed, 'correct_answer'] }
  return { ...keepEverything, tables }
}

function run(connection: Connection, sql: string): number {
  return connection.prepare(sql).run().changes
}
