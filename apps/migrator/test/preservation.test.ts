import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, fileHash, newestVersion, scratchFolder, structureSql } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { column, deploy, value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

// One deployed database with rows in every table; each test works on a copy of it and of the prisma folder.
const base = deployedDatabase("INSERT INTO user_preferences (user_id, theme) SELECT user_id, 'dark' FROM users LIMIT 5")

const NAME = '20300101000000_test'

/** Prisma's way to change a table: a new one, the rows, the name. */
const rebuildUsers = (columns: string): string => `PRAGMA foreign_keys=OFF;
CREATE TABLE new_users (${columns});
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
PRAGMA foreign_keys=ON;`

/** The columns of a table as they are: a rebuild with them loses its indexes and triggers. */
function columnsOf(table: string): string {
  return new RegExp(`^CREATE TABLE ${table} \\(\\n([\\s\\S]*?)\\);\\n`, 'm').exec(structureSql())?.[1] ?? ''
}

const USERS = columnsOf('users')
const QUESTION_TYPE_CHECK = " CHECK (question_type IN ('multiple_choice', 'true_false', 'fill_blank'))"

const refused: Readonly<Record<string, { sql: string; code: string; says: RegExp; preserve?: object }>> = {
  'fails in its third statement, because of the data': {
    sql: "-- one\nALTER TABLE users ADD COLUMN a TEXT;\nALTER TABLE users ADD COLUMN b TEXT;\n\nINSERT INTO users (user_id)\nSELECT user_id FROM users;\n",
    code: 'MIGRATION_FAILED',
    says: /statement 3, line 5[\s\S]*UNIQUE/,
  },
  'fails on any database': { sql: 'ALTER TABLE users ADD COLUMN a TEXT;\nSELECT 1;\n\nINSERT INTO nobody VALUES (1)', code: 'MIGRATION_FAILED', says: /statement 3, line 4[\s\S]*no such table: nobody/ },
  'changes one value of one row': {
    sql: '\nUPDATE users SET best_streak = best_streak + 1 WHERE user_id = (SELECT max(user_id) FROM users);',
    code: 'ROWS_NOT_PRESERVED',
    says: /best_streak changed in 1 row[\s\S]*migration\.sql:2: UPDATE users/,
  },
  'changes only the storage class of a value': { sql: "UPDATE questions SET explanation = CAST('x' AS BLOB) WHERE id = (SELECT min(id) FROM questions WHERE explanation IS NOT NULL)", code: 'ROWS_NOT_PRESERVED', says: /explanation changed in 1 row/ },
  'deletes a row': { sql: 'DELETE FROM game_sessions WHERE id = (SELECT min(id) FROM game_sessions);', code: 'ROWS_NOT_PRESERVED', says: /game_sessions: 1 row lost[\s\S]*migration\.sql:1: DELETE/ },
  'adds a row': { sql: "INSERT INTO user_preferences (user_id) SELECT user_id FROM users LIMIT 1 OFFSET 9;", code: 'ROWS_NOT_PRESERVED', says: /user_preferences: 1 row added/ },
  'loses more than it declares': {
    sql: 'DELETE FROM game_sessions WHERE id IN (SELECT id FROM game_sessions LIMIT 3);',
    preserve: { tables: { game_sessions: { lost: 2, why: 'test' } } },
    code: 'ROWS_NOT_PRESERVED',
    says: /3 rows lost, declared 2/,
  },
  'cascades: rebuilds a parent with foreign keys on': {
    sql: `PRAGMA foreign_keys=ON;
BEGIN;
CREATE TABLE new_users (${USERS});
INSERT INTO new_users SELECT * FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
COMMIT;`,
    code: 'ROWS_NOT_PRESERVED',
    says: /user_achievements: 60 rows lost[\s\S]*migration\.sql:\d+: DROP TABLE users/,
  },
  'drops a CHECK in a rebuild': {
    sql: `PRAGMA foreign_keys=OFF;
CREATE TABLE new_questions (${columnsOf('questions').replace(QUESTION_TYPE_CHECK, '')});
INSERT INTO new_questions SELECT * FROM questions;
DROP TABLE questions;
ALTER TABLE new_questions RENAME TO questions;`,
    code: 'STRUCTURE_LOST',
    says: /CHECK \(question_type in/,
  },
  'drops an index': { sql: '\n\nDROP INDEX idx_users_points_streak;', code: 'STRUCTURE_LOST', says: /idx_users_points_streak[\s\S]*migration\.sql:3/ },
  'drops a column': { sql: 'DROP INDEX idx_users_last_played; ALTER TABLE users DROP COLUMN last_played;', code: 'STRUCTURE_LOST', says: /column users\.last_played/ },
  'has a declaration that is none': { sql: 'SELECT 1;', preserve: { tables: { users: { lost: -1 } } }, code: 'PRESERVE_INVALID', says: /tables\.users\.(lost|why)/ },
}

test.for(Object.entries(refused))('a migration that %s is refused; the live file is as before; mended, it is deployed', async ([, { sql, code, says, preserve }]) => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  const migration = addMigration(prisma, NAME, sql, preserve)
  const before = fileHash(database)
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ outcome: 'failed', exitCode: 4, applied: [], backups: { post: null }, error: { code } })
  expect([result.error?.what, result.error?.why, ...(result.error?.details ?? [])].join('\n')).toMatch(says)
  expect(fileHash(database)).toBe(before)

  writeFileSync(join(migration, 'migration.sql'), 'ALTER TABLE users ADD COLUMN mended TEXT;')
  rmSync(join(migration, 'preserve.json'), { force: true })
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', applied: [NAME] })
})

test('what a migration declares, it may do', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  const sessions = Number(value(database, 'SELECT count(*) FROM game_sessions'))
  addMigration(prisma, NAME, `DELETE FROM game_sessions WHERE id IN (SELECT id FROM game_sessions LIMIT 2);
UPDATE users SET total_points = total_points + 10;
INSERT INTO user_preferences (user_id) SELECT user_id FROM users WHERE user_id NOT IN (SELECT user_id FROM user_preferences);
DROP INDEX idx_users_points_streak;
CREATE TABLE badges (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''));
INSERT INTO badges (name) VALUES ('first');
INSERT INTO schema_version (version) VALUES (${newestVersion() + 1});`, {
    tables: {
      game_sessions: { lost: 2, why: 'test' },
      users: { changed: ['total_points'], why: 'a bonus' },
      user_preferences: { added: 'any', why: 'everybody gets preferences' },
    },
    dropped: [{ type: 'index', name: 'idx_users_points_streak', why: 'not used' }],
  })
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({
    outcome: 'deployed',
    version: { from: newestVersion(), to: newestVersion() + 1 },
    preservation: { game_sessions: { before: sessions, after: sessions - 2, lost: 2 }, users: { before: 40, changed: 40, lost: 0 }, user_preferences: { before: 5, after: 40, added: 35 } },
  })
  expect(value(database, 'SELECT name FROM badges')).toBe('first')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'up-to-date' })
})

test('a trigger and a partial index that a later rebuild drops without saying so are missed', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  addMigration(prisma, '20300101000000_trigger', `CREATE TABLE log (what TEXT);
CREATE TRIGGER no_negative BEFORE UPDATE OF total_points ON users WHEN new.total_points < 0 BEGIN SELECT RAISE(ABORT, 'negative'); END;
CREATE INDEX top ON users (total_points) WHERE total_points > 1000;`)
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed' })
  const folderOfBad = addMigration(prisma, '20300102000000_rebuild', rebuildUsers(USERS))
  const result = await deploy(database, '--prisma-dir', prisma)
  expect(result).toMatchObject({ outcome: 'failed', exitCode: 4, error: { code: 'STRUCTURE_LOST' } })
  expect(result.error?.details?.join('\n')).toMatch(/trigger no_negative[\s\S]*/)
  expect(result.error?.details?.join('\n')).toMatch(/index top/)
  expect(column(database, "SELECT name FROM sqlite_schema WHERE name IN ('no_negative', 'top')")).toHaveLength(2)
  rmSync(folderOfBad, { recursive: true })
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'up-to-date' })
})

test('content is compared by value: the same rows in another order are no change', async () => {
  using folder = scratchFolder()
  const { database, prisma } = base.copyWithMigrations(folder)
  addMigration(prisma, NAME, 'CREATE TABLE copy AS SELECT * FROM user_preferences; DELETE FROM user_preferences; INSERT INTO user_preferences SELECT * FROM copy ORDER BY user_id DESC; DROP TABLE copy;')
  expect(await deploy(database, '--prisma-dir', prisma)).toMatchObject({ outcome: 'deployed', preservation: { user_preferences: { lost: 0, added: 0, changed: 0 } } })
})
