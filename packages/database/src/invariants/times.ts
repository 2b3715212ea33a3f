import { type Rule, sqlText, type StorageEra } from './rule.ts'

const TIMES: Readonly<Record<string, readonly string[]>> = {
  schema_version: ['applied_at'],
  users: ['last_played', 'created_at'],
  questions: ['created_at'],
  user_achievements: ['unlocked_at'],
  game_sessions: ['start_time', 'end_time'],
  question_reports: ['created_at', 'resolved_at'],
  guilds: ['created_at'],
  game_rounds: ['asked_at', 'deadline', 'closed_at'],
  running_games: ['due_at', 'lease_until', 'reply_until'],
  answers: ['answered_at'],
  friendships: ['asked_at', 'accepted_at'],
  player_groups: ['created_at'],
  player_group_members: ['joined_at'],
}

const DATES: Readonly<Record<string, readonly string[]>> = {
  users: ['daily_challenge_completed', 'weekly_challenge_completed'],
  weekly_rankings: ['week_start'],
  game_sessions: ['challenge_date'],
  guilds: ['weekly_posted'],
  user_progress: ['last_day'],
  challenge_questions: ['start'],
  monthly_rankings: ['month_start'],
  guild_rankings: ['start'],
}

/** The columns that hold a moment, by table. */
export function timeColumns(table: string): readonly string[] {
  return TIMES[table] ?? []
}

/** The columns that hold a day (YYYY-MM-DD), by table. */
export function dateColumns(table: string): readonly string[] {
  return DATES[table] ?? []
}

/** Tables that have a moment or a day. */
export function tablesWithTimes(): string[] {
  return [...new Set([...Object.keys(TIMES), ...Object.keys(DATES)])]
}

/** The time that all columns have from version 3 on: what Prisma writes. */
const CANONICAL = '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]+00:00'

/**
 * SQL: whether `value` is a text that begins with a day of the calendar and that SQLite can read. Nearly all are in
 * one of the two usual formats, for which one comparison is enough.
 */
function readableSql(value: string): string {
  return `CASE WHEN typeof(${value}) = 'text' AND length(${value}) >= 19 AND datetime(${value}) IS replace(substr(${value}, 1, 19), 'T', ' ') THEN 1
    ELSE ${unusualButReadableSql(value)} END`
}

function unusualButReadableSql(value: string): string {
  return `(typeof(${value}) = 'text' AND substr(${value}, 1, 10) GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
    AND strftime('%Y-%m-%d', substr(${value}, 1, 10)) IS substr(${value}, 1, 10)
    AND datetime(${value}) IS NOT NULL AND substr(${value}, 12, 2) < '24' AND ${value} = trim(${value}))`
}

/** SQL: whether `value` is YYYY-MM-DD HH:MM:SS, with or without a fraction, as the older system writes it. */
export function legacyTimeSql(value: string): string {
  return `(substr(${value}, 11, 1) = ' ' AND (length(${value}) = 19
    OR (substr(${value}, 20, 1) = '.' AND length(${value}) > 20 AND substr(${value}, 21) NOT GLOB '*[^0-9]*')))`
}

/** SQL: whether `value` is in the one format of version 3 and later. */
export function canonicalTimeSql(value: string): string {
  return `(${value} GLOB '${CANONICAL}')`
}

/** Every time can be read; every day is a day; and, as a warning, each is in the format of its era. */
export const timeRules: readonly Rule[] = [
  ...Object.entries(TIMES).flatMap(([table, columns]) => columns.flatMap((column) => timeColumnRules(table, column))),
  ...Object.entries(DATES).flatMap(([table, columns]) => columns.flatMap((column) => dateColumnRules(table, column))),
]

function timeColumnRules(table: string, column: string): Rule[] {
  const value = `t.${column}`
  const odd = (era: StorageEra, format: string): Rule => ({
    name: 'time_format',
    table,
    severity: 'warning',
    era,
    broken: `${value} IS NOT NULL AND NOT ${format} AND ${readableSql(value)}`,
    reason: `${sqlText(`${column} is in another format than the rest: `)} || quote(${value})`,
  })
  return [
    {
      name: 'unreadable_times',
      table,
      severity: 'error',
      broken: `${value} IS NOT NULL AND NOT (${readableSql(value)})`,
      reason: `${sqlText(`${column} is not a time: `)} || quote(${value})`,
      },
    odd('legacy', legacyTimeSql(value)),
    odd('current', canonicalTimeSql(value)),
  ]
}

function dateColumnRules(table: string, column: string): Rule[] {
  const value = `t.${column}`
  return [
    {
      name: 'unreadable_times',
      table,
      severity: 'error',
      broken: `${value} IS NOT NULL AND NOT (${readableSql(value)})`,
      reason: `${sqlText(`${column} is not a day: `)} || quote(${value})`,
      },
    {
      name: 'date_with_time',
      table,
      severity: 'warning',
      broken: `${value} IS NOT NULL AND length(${value}) <> 10 AND ${readableSql(value)}`,
      reason: `${sqlText(`${column} is a day with a time of day: `)} || quote(${value})`,
      },
  ]
}
