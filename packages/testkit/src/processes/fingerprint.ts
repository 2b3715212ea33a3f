import type Sqlite from 'better-sqlite3'

/**
 * A quick look at a trivia database, different before and after a migration: its tables, the version, rows and
 * sums of the tables that every version has.
 */
export function fingerprint(connection: Sqlite.Database): string {
  const tables = connection.prepare("SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)").pluck().get()
  const figures = connection.prepare(`SELECT
    (SELECT max(version) FROM schema_version), (SELECT count(*) FROM users), (SELECT sum(total_points) FROM users),
    (SELECT max(created_at) FROM users), (SELECT count(*) FROM questions), (SELECT count(*) FROM game_sessions),
    (SELECT count(*) FROM user_achievements), (SELECT count(*) FROM weekly_rankings)`).raw().get() as unknown[]
  return [tables, ...figures].map(String).join('|')
}
