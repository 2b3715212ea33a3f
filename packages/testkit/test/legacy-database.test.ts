import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createLegacyDatabase, databaseHash, fileHash, type LegacyDatabaseOptions, scratchFolder } from '../src/index.ts'

function made<T>(options: LegacyDatabaseOptions, look: (connection: Sqlite.Database) => T): T {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('deep', 'trivia.db'), options)
  const connection = new Sqlite(path)
  connection.defaultSafeIntegers(true)
  try {
    return look(connection)
  } finally {
    connection.close()
  }
}

const count = (connection: Sqlite.Database, sql: string): number => Number(connection.prepare(sql).pluck().get())

test('the same seed makes the same content, another one other content', () => {
  using folder = scratchFolder()
  const [a, b, c] = [1, 1, 2].map((seed, index) => databaseHash(createLegacyDatabase(folder.file(`${index}.db`), { seed }).path))
  expect(a).toBe(b)
  expect(c).not.toBe(a)
})

test('the content does not depend on journal mode, pages or indexes being made again', () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('a.db'), { journalMode: 'delete' })
  const before = { content: databaseHash(path), file: fileHash(path) }
  const connection = new Sqlite(path)
  connection.exec('VACUUM; ANALYZE')
  connection.pragma('journal_mode = WAL')
  connection.close()
  expect(databaseHash(path)).toBe(before.content)
  expect(fileHash(path)).not.toBe(before.file)
  const again = new Sqlite(path)
  again.exec('UPDATE users SET best_streak = best_streak + 1 WHERE rowid = (SELECT min(rowid) FROM users)')
  again.close()
  expect(databaseHash(path)).not.toBe(before.content)
})

test('every table has rows, ids are beyond 2^53, all is sound', () => {
  made({}, (connection) => {
    for (const table of ['users', 'questions', 'user_achievements', 'weekly_rankings', 'game_sessions', 'schema_version']) {
      expect(count(connection, `SELECT count(*) FROM ${table}`), table).toBeGreaterThan(0)
    }
    expect(connection.prepare('SELECT min(user_id) FROM users').pluck().get()).toBeGreaterThan(2n ** 53n)
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(connection.pragma('foreign_key_check')).toEqual([])
    expect(connection.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(count(connection, "SELECT count(*) FROM users WHERE last_played LIKE '%.%'")).toBeGreaterThan(5)
    expect(count(connection, "SELECT count(*) FROM users WHERE last_played NOT LIKE '%.%'")).toBeGreaterThan(5)
    expect(count(connection, "SELECT count(*) FROM questions WHERE correct_answer = '1996'")).toBeGreaterThan(0)
  })
})

test.each([['ten', 10], ['all', 15], ['eighteen', 18]] as const)('indexes: %s', (indexes, expected) => {
  expect(made({ indexes }, (connection) => count(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"))).toBe(expected)
})

test('odd DDL means the same', () => {
  const columns = (options: LegacyDatabaseOptions): unknown =>
    made(options, (connection) => [
      connection.prepare("SELECT t.name, c.cid, c.name, upper(c.type), c.\"notnull\", upper(c.dflt_value), c.pk FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY 1, 2").raw().all(),
      connection.prepare("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' ORDER BY 1").raw().all(),
    ])
  expect(columns({ ddlStyle: 'odd' })).toEqual(columns({}))
  expect(made({ ddlStyle: 'odd' }, (connection) => connection.prepare("SELECT sql FROM sqlite_schema WHERE name = 'users'").pluck().get())).toContain('/*')
})

test('broken rows are as many as asked for', () => {
  const broken = {
    negativePoints: 2, unreadableTimes: 3, pointsAsText: 1, orphanedAchievements: 4, orphanedRankings: 2, orphanedSessions: 5,
    sessionsWithoutQuestion: 2, indexOutOfRange: 3, brokenJson: 2, invalidType: 1, invalidDifficulty: 2,
  }
  made({ broken }, (connection) => {
    const orphans = (table: string): number => count(connection, `SELECT count(*) FROM ${table} WHERE user_id NOT IN (SELECT user_id FROM users)`)
    expect(count(connection, "SELECT count(*) FROM users WHERE typeof(total_points) = 'integer' AND total_points < 0")).toBe(2)
    expect(count(connection, "SELECT count(*) FROM users WHERE last_played = 'yesterday'")).toBe(3)
    expect(count(connection, "SELECT count(*) FROM users WHERE typeof(total_points) = 'text'")).toBe(1)
    expect([orphans('user_achievements'), orphans('weekly_rankings'), orphans('game_sessions')]).toEqual([4, 2, 5])
    expect(count(connection, 'SELECT count(*) FROM game_sessions WHERE question_id NOT IN (SELECT id FROM questions)')).toBe(2)
    expect(count(connection, "SELECT count(*) FROM questions WHERE correct_answer = '7' AND json_array_length(options) = 4")).toBe(3)
    expect(count(connection, 'SELECT count(*) FROM questions WHERE options IS NOT NULL AND NOT json_valid(options)')).toBe(2)
    expect(count(connection, "SELECT count(*) FROM questions WHERE question_type = 'picture'")).toBe(1)
    expect(count(connection, "SELECT count(*) FROM questions WHERE difficulty = 'impossible'")).toBe(2)
    // Each broken player has rows that have to follow.
    expect(count(connection, 'SELECT count(*) FROM game_sessions WHERE user_id IN (SELECT user_id FROM users WHERE total_points < 0)')).toBeGreaterThanOrEqual(2)
  })
})

test('version 2 made by hand', () => {
  made({ version: 2, userTimes: ['2026-10-25 02:30:00'] }, (connection) => {
    expect(count(connection, 'SELECT max(version) FROM schema_version')).toBe(2)
    expect(count(connection, 'SELECT count(*) FROM user_preferences')).toBeGreaterThan(0)
    expect(count(connection, "SELECT count(*) FROM users WHERE timezone <> 'UTC'")).toBeGreaterThan(0)
    expect(connection.prepare('SELECT created_at, last_played FROM users ORDER BY user_id LIMIT 1').raw().get()).toEqual(['2026-10-25 02:30:00', '2026-10-25 02:30:00'])
  })
})
