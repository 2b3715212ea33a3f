import { copyFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { createLegacyDatabase, newestVersion, runMigrator, scratchFolder, sharedDataFolder, structureSql } from '@trivia/testkit'
import { describe, expect, test } from 'vitest'
import { column, deploy, execute, value } from './deploying.ts'

const standardIndexes = structureSql().match(/^CREATE (?:UNIQUE )?INDEX/gm)?.length ?? 0

test.for([
  { version: 1, indexes: 'all', ddlStyle: 'guide', journalMode: 'wal' },
  { version: 1, indexes: 'ten', ddlStyle: 'odd', journalMode: 'delete' },
  { version: 1, indexes: 'eighteen', ddlStyle: 'guide', journalMode: 'delete' },
  { version: 2, indexes: 'all', ddlStyle: 'odd', journalMode: 'wal' },
] as const)('a database of the older system comes in with every row: %o', async (options) => {
  using folder = scratchFolder()
  const { path, rows } = createLegacyDatabase(folder.file('trivia.db'), options)
  const result = await deploy(path)
  expect(result).toMatchObject({ outcome: 'deployed', adopted: true, version: { from: options.version, to: newestVersion() } })
  const { schema_version: versions, ...data } = rows
  for (const [table, before] of Object.entries(data)) {
    expect(result.preservation[table]).toMatchObject({ before, after: before, lost: 0, added: 0, quarantined: 0 })
  }
  expect(versions).toBe(options.version)
  expect(column(path, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name <> '_prisma_migrations'")).toHaveLength(standardIndexes)
  expect(value(path, 'SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NOT NULL')).toBe(newestVersion())
  expect(await deploy(path)).toMatchObject({ outcome: 'up-to-date' })
})

test('times become UTC in one format; local ones are read in their zone, repeated and skipped hours included', async () => {
  using folder = scratchFolder()
  const times = ['2026-01-10 12:00:00', '2026-07-10 12:00:00.123456', '2026-10-25 02:30:00', '2026-03-29 02:30:00']
  const { path, playerIds } = createLegacyDatabase(folder.file('trivia.db'), { userTimes: times })
  execute(path, `UPDATE user_achievements SET unlocked_at = '2026-07-10 12:00:00' WHERE id = (SELECT min(id) FROM user_achievements);
    UPDATE users SET last_played = '2026-07-10T12:00:00+05:00' WHERE user_id = ${playerIds[0]}`)
  const result = await deploy(path, '--legacy-timezone', 'Europe/Berlin')
  expect(result.outcome).toBe('deployed')
  const stored = column(path, `SELECT created_at FROM users WHERE user_id IN (${playerIds.slice(0, 4).join(', ')}) ORDER BY user_id`)
  expect(stored).toEqual(['2026-01-10T11:00:00.000+00:00', '2026-07-10T10:00:00.123+00:00', '2026-10-25T00:30:00.000+00:00', '2026-03-29T01:30:00.000+00:00'])
  expect(value(path, `SELECT last_played FROM users WHERE user_id = ${playerIds[0]}`)).toBe('2026-07-10T07:00:00.000+00:00')
  expect(value(path, 'SELECT unlocked_at FROM user_achievements ORDER BY id')).toBe('2026-07-10T12:00:00.000+00:00')
  expect(result.notes.join('\n')).toMatch(/occur twice/)
  expect(result.notes.join('\n')).toMatch(/do not exist because of a change of clocks/)
  expect(value(path, "SELECT count(*) FROM users WHERE created_at NOT GLOB '????-??-??T??:??:??.???+00:00' OR last_played NOT GLOB '????-??-??T??:??:??.???+00:00'")).toBe(0)
  expect(value(path, "SELECT count(*) FROM weekly_rankings WHERE week_start NOT GLOB '????-??-??'")).toBe(0)
})

test('an answer becomes the text of the option that it means: by text first, then by index', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  const add = (id: number, answer: string, options: string): string => `INSERT INTO questions (id, question_text, question_type, difficulty, category, correct_answer, options)
    VALUES (${id}, 'q', 'multiple_choice', 'easy', 'c', '${answer}', '${options}');`
  execute(path, [
    add(9001, '1996', '["1994", "1995", "1996", "1997"]'),
    add(9002, '1', '["a", "b", "c"]'),
    add(9003, '2', '["2", "3", "1", "0"]'),
    add(9004, '1', '["0", "2", "4"]'),
    add(9005, '0', '[1990, 1991]'),
    add(9006, 'paris ', '["London", "Paris"]'),
  ].join('\n'))
  expect((await deploy(path)).outcome).toBe('deployed')
  expect(column(path, 'SELECT correct_answer FROM questions WHERE id > 9000 ORDER BY id')).toEqual(['1996', 'b', '2', '2', '1990', 'Paris'])
})

test('extra indexes and triggers that make sense stay, the others are named, and the next deploy accepts them', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), {
    indexes: 'eighteen',
    afterwards: `CREATE INDEX my_index ON users (best_streak) WHERE best_streak > 3;
      CREATE TABLE audit (what TEXT);
      CREATE TRIGGER my_trigger AFTER UPDATE OF total_points ON users BEGIN INSERT INTO audit VALUES ('points'); END;
      CREATE TRIGGER old_times AFTER UPDATE OF total_points ON users BEGIN UPDATE users SET last_played = CURRENT_TIMESTAMP WHERE user_id = new.user_id; END;
      CREATE TRIGGER nonsense AFTER DELETE ON users BEGIN INSERT INTO nowhere VALUES (1); END;
      CREATE VIEW best AS SELECT user_id, total_points FROM users WHERE total_points > 100`,
  })
  const result = await deploy(path)
  expect(result).toMatchObject({ outcome: 'deployed' })
  const names = column(path, "SELECT name FROM sqlite_schema WHERE name IN ('my_index', 'my_trigger', 'old_times', 'nonsense', 'best', 'audit') ORDER BY name")
  expect(names).toEqual(['audit', 'best', 'my_index', 'my_trigger'])
  const notes = result.notes.join('\n')
  expect(notes).toMatch(/left out: trigger old_times/)
  expect(notes).toMatch(/left out: trigger nonsense/)
  expect(value(path, 'SELECT count(*) FROM audit')).toBe(0)
  expect(await deploy(path)).toMatchObject({ outcome: 'up-to-date', exitCode: 0 })
})

test('the sequences of AUTOINCREMENT keys go on', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  execute(path, "UPDATE sqlite_sequence SET seq = 4711 WHERE name = 'questions'; DELETE FROM weekly_rankings; UPDATE sqlite_sequence SET seq = 99 WHERE name = 'weekly_rankings'")
  await deploy(path)
  expect(value(path, "SELECT seq FROM sqlite_sequence WHERE name = 'questions'")).toBe(4711)
  expect(value(path, "SELECT seq FROM sqlite_sequence WHERE name = 'weekly_rankings'")).toBe(99)
})

test('what a careless hand left out of version 2 is completed', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  execute(path, "ALTER TABLE users ADD COLUMN timezone TEXT DEFAULT 'UTC'; DELETE FROM schema_version")
  expect(await deploy(path)).toMatchObject({ outcome: 'deployed', adopted: true, version: { from: 2, to: newestVersion() } })
  expect(column(path, 'SELECT version FROM schema_version ORDER BY version')).toEqual(Array.from({ length: newestVersion() }, (_, index) => index + 1))
})

test.for([
  ['somebody else\'s database', 'CREATE TABLE customers (id INTEGER PRIMARY KEY); INSERT INTO customers VALUES (1)', 'FOREIGN_DATABASE'],
  ['other tables of the same names', 'CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)', 'FOREIGN_DATABASE'],
] as const)('%s is refused and left as it is', async ([, sql, code]) => {
  using folder = scratchFolder()
  const path = folder.file('other.db')
  execute(path, sql)
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code } })
  expect(value(path, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'")).toBe(1)
})

test('columns that no migration knows are refused, because a rebuild would lose them', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  execute(path, "ALTER TABLE users ADD COLUMN nickname TEXT DEFAULT 'x'")
  const result = await deploy(path)
  expect(result).toMatchObject({ exitCode: 3, error: { code: 'UNKNOWN_COLUMNS' } })
  expect(result.error?.why).toContain('users.nickname')
})

test('an unknown time zone is wrong usage', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  expect(await deploy(path, '--legacy-timezone', 'Europe/Atlantis')).toMatchObject({ outcome: 'refused', exitCode: 2, error: { code: 'TIMEZONE_UNKNOWN' } })
})

const shared = sharedDataFolder()
describe.skipIf(shared === null)('specimens of real databases', () => {
  const specimen = (name: string, to: string): void => {
    copyFileSync(join(shared ?? '', 'legacy', name), to)
    chmodSync(to, 0o644)
  }

  test('the clean one', async () => {
    using folder = scratchFolder()
    const path = folder.file('trivia.db')
    specimen('trivia-v1.db', path)
    const result = await deploy(path)
    expect(result).toMatchObject({ outcome: 'deployed', adopted: true, preservation: { users: { before: 3000, after: 3000, lost: 0 }, game_sessions: { before: 12000, after: 12000 } } })
    expect(value(path, "SELECT count(*) FROM questions AS q WHERE question_type = 'multiple_choice' AND NOT EXISTS (SELECT 1 FROM json_each(options) WHERE value = q.correct_answer)")).toBe(0)
  })

  test('the dirty one', async () => {
    using folder = scratchFolder()
    const path = folder.file('trivia.db')
    specimen('trivia-v1-dirty.db', path)
    expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'BROKEN_ROWS' }, backups: { pre: null } })
    const result = await deploy(path, '--quarantine')
    expect(result).toMatchObject({ outcome: 'deployed', preservation: { users: { before: 500, after: 497, quarantined: 3, lost: 0 } } })
    for (const row of Object.values(result.preservation)) expect(row.before).toBe(row.after + row.quarantined)
    expect((await runMigrator(['validate', '--database', path, '--json'])).json()).toMatchObject({ user_count: 497, negative_points: 0, orphaned_achievements: 0 })
  })
})
if (shared === null) console.log('Skipped the specimens of real databases: there is no ../shared/data.')
