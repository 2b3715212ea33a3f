import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createPrismaClient } from '../src/index.ts'
import { createStructureDatabase } from './structure-database.ts'

const guideTables: Readonly<Record<string, readonly string[]>> = {
  users: ['user_id', 'total_points', 'questions_answered', 'questions_correct', 'current_streak', 'best_streak', 'last_played', 'daily_challenge_completed', 'weekly_challenge_completed', 'preferred_difficulty', 'created_at'],
  questions: ['id', 'question_text', 'question_type', 'difficulty', 'category', 'correct_answer', 'options', 'answer_variations', 'explanation', 'point_value', 'times_asked', 'times_correct', 'created_at'],
  user_achievements: ['id', 'user_id', 'achievement_id', 'unlocked_at'],
  weekly_rankings: ['id', 'user_id', 'week_start', 'points', 'rank'],
  game_sessions: ['id', 'channel_id', 'user_id', 'question_id', 'difficulty', 'start_time', 'end_time', 'is_completed', 'is_challenge'],
}

const guideIndexes = ['idx_users_total_points', 'idx_users_last_played', 'idx_users_points_streak', 'idx_questions_difficulty', 'idx_questions_category', 'idx_questions_type', 'idx_questions_difficulty_category', 'idx_questions_performance', 'idx_user_achievements_user_id', 'idx_weekly_rankings_week_start', 'idx_weekly_rankings_points', 'idx_weekly_rankings_week_rank', 'idx_game_sessions_channel_id', 'idx_game_sessions_active', 'idx_game_sessions_user_time']

test('structure.sql and preserve.schema.json are what the migrations and the code say', () => {
  const run = spawnSync(process.execPath, [join(repositoryRoot, 'apps/migrator/scripts/structure.ts'), '--check'], { encoding: 'utf8' })
  expect(run.stderr).toBe('')
  expect(run.status).toBe(0)
})

test("the first migration makes the guide's version 1, the newest version keeps its tables, columns and indexes", () => {
  using folder = scratchFolder()
  const first = new Sqlite(folder.file('first.db'))
  first.exec(readFileSync(join(repositoryRoot, 'prisma/migrations/20250101000000_version_1/migration.sql'), 'utf8'))
  const newest = createStructureDatabase(folder.file('newest.db'))
  for (const connection of [first, newest]) {
    const columnsOf = connection.prepare('SELECT name FROM pragma_table_info(?)').pluck()
    for (const [table, columns] of Object.entries(guideTables)) expect((columnsOf.all(table) as string[]).slice(0, columns.length)).toEqual(columns)
    const indexes = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").pluck().all()
    expect(indexes).toEqual(expect.arrayContaining(guideIndexes))
  }
  expect(first.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").pluck().get()).toBe(15)
  expect(first.prepare("SELECT type FROM pragma_table_info('weekly_rankings') WHERE name = 'week_start'").pluck().get()).toBe('DATE')
  expect(newest.prepare("SELECT type FROM pragma_table_info('weekly_rankings') WHERE name = 'week_start'").pluck().get()).toBe('DATE')
  first.close()
  newest.close()
})

test.for([
  ["INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer) VALUES ('q', 'essay', 'easy', 'c', 'a')", /CHECK/],
  ["INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer) VALUES ('q', 'true_false', 'brutal', 'c', 'a')", /CHECK/],
  ["INSERT INTO questions (question_text, question_type, difficulty, category) VALUES ('q', 'true_false', 'easy', 'c')", /NOT NULL/],
  ["INSERT INTO user_achievements (user_id, achievement_id) VALUES (404, 'x')", /FOREIGN KEY/],
  ["INSERT INTO game_sessions (channel_id, user_id, question_id) VALUES (1, 1, 404)", /FOREIGN KEY/],
  ["INSERT INTO user_achievements (user_id, achievement_id) VALUES (1, 'x'), (1, 'x')", /UNIQUE/],
  ["INSERT INTO weekly_rankings (user_id, week_start) VALUES (1, '2026-06-01'), (1, '2026-06-01')", /UNIQUE/],
  ['INSERT INTO user_preferences (user_id) VALUES (404)', /FOREIGN KEY/],
] as const)('SQLite itself refuses: %s', ([sql, says]) => {
  using folder = scratchFolder()
  const connection = createStructureDatabase(folder.file('trivia.db'))
  connection.exec('INSERT INTO users (user_id) VALUES (1)')
  expect(() => connection.exec(sql)).toThrow(says)
  connection.close()
})

test('a deleted player takes what is theirs along; a deleted question leaves the session', () => {
  using folder = scratchFolder()
  const connection = createStructureDatabase(folder.file('trivia.db'))
  connection.exec(`INSERT INTO users (user_id) VALUES (1), (2);
    INSERT INTO questions (id, question_text, question_type, difficulty, category, correct_answer) VALUES (1, 'q', 'true_false', 'easy', 'c', 'true');
    INSERT INTO user_achievements (user_id, achievement_id) VALUES (1, 'x'); INSERT INTO weekly_rankings (user_id, week_start) VALUES (1, '2026-06-01');
    INSERT INTO user_preferences (user_id) VALUES (1); INSERT INTO game_sessions (channel_id, user_id, question_id) VALUES (1, 1, 1), (1, 2, 1);
    DELETE FROM questions; DELETE FROM users WHERE user_id = 1`)
  const counts = ['user_achievements', 'weekly_rankings', 'user_preferences', 'game_sessions'].map((table) => connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  expect(counts).toEqual([0, 0, 0, 1])
  expect(connection.prepare('SELECT question_id FROM game_sessions').pluck().get()).toBeNull()
  connection.close()
})

test('Prisma Client reads and writes ids above 2^53, times and days', async () => {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  const connection = createStructureDatabase(path)
  connection.exec("INSERT INTO users (user_id, daily_challenge_completed) VALUES (9007199254740993, '2026-06-01')")
  const client = createPrismaClient({ path })
  const now = new Date('2026-06-01T12:00:00.123Z')
  await client.user.create({ data: { userId: 1_316_101_595_155_166_816n, lastPlayed: now, preferences: { create: { theme: 'dark' } } } })

  const [first, second] = await client.user.findMany({ orderBy: { userId: 'asc' }, include: { preferences: true } })
  expect(first).toMatchObject({ userId: 9_007_199_254_740_993n, dailyChallengeCompleted: new Date('2026-06-01'), timezone: 'UTC' })
  expect(second).toMatchObject({ userId: 1_316_101_595_155_166_816n, lastPlayed: now, preferences: { theme: 'dark', notificationsEnabled: true } })
  expect(await client.user.count({ where: { lastPlayed: { gte: now } } })).toBe(1)
  expect(await client.user.count({ where: { createdAt: { gte: new Date(Date.now() - 60_000) } } })).toBe(2)
  await client.$disconnect()

  const formats = connection.prepare('SELECT created_at FROM users UNION ALL SELECT last_played FROM users WHERE last_played IS NOT NULL').pluck().all()
  for (const time of formats) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  connection.close()
})
