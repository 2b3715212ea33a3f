import { addMigration, copyPrismaDir, createLegacyDatabase, fileHash, runMigrator, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { column, deploy, execute, value } from './deploying.ts'

const broken = {
  negativePoints: 2,
  unreadableTimes: 1,
  pointsAsText: 1,
  orphanedAchievements: 3,
  orphanedRankings: 2,
  orphanedSessions: 2,
  sessionsWithoutQuestion: 1,
  indexOutOfRange: 1,
  brokenJson: 1,
  invalidType: 1,
  invalidDifficulty: 1,
}

test('broken rows are refused with a list, and the file stays as it is to the byte', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { broken, journalMode: 'delete' })
  const before = fileHash(path)
  const result = await deploy(path)
  expect(result).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'BROKEN_ROWS' }, backups: { pre: null, post: null } })
  const list = (result.error?.details ?? []).join('\n')
  const rules = ['negative_points', 'orphaned_achievements', 'orphaned_rankings', 'orphaned_sessions', 'sessions_without_question', 'option_index_out_of_range', 'broken_json', 'unreadable_times', 'wrong_type', 'invalid_question_type', 'invalid_difficulty']
  for (const rule of rules) expect(list).toContain(rule)
  expect(fileHash(path)).toBe(before)
})

test('with --quarantine every row is either in its table or, with its values, in quarantine', async () => {
  using folder = scratchFolder()
  const { path, rows } = createLegacyDatabase(folder.file('trivia.db'), { broken })
  const result = await deploy(path, '--quarantine')
  expect(result).toMatchObject({ outcome: 'deployed', exitCode: 0 })
  for (const [table, before] of Object.entries(rows).filter(([name]) => name !== 'schema_version')) {
    const row = result.preservation[table]
    expect(row, table).toMatchObject({ before, lost: 0, added: 0 })
    expect((row?.after ?? 0) + (row?.quarantined ?? 0), table).toBe(before)
  }
  expect(value(path, 'SELECT count(*) FROM quarantine_users')).toBe(4)
  expect(value(path, "SELECT count(*) FROM quarantine_users WHERE rule = 'negative_points' AND total_points < 0 AND quarantined_at <> ''")).toBe(2)
  expect(value(path, "SELECT count(*) FROM quarantine_user_achievements WHERE rule = 'parent_in_quarantine'")).toBeGreaterThan(0)
  expect(value(path, 'SELECT count(*) FROM pragma_foreign_key_check')).toBe(0)
  expect(await deploy(path)).toMatchObject({ outcome: 'up-to-date' })
})

test('mended rows come back in the new format, with what belongs to them; broken ones stay', async () => {
  using folder = scratchFolder()
  const { path, rows } = createLegacyDatabase(folder.file('trivia.db'), { broken: { negativePoints: 2, indexOutOfRange: 1, orphanedAchievements: 1 }, userTimes: ['2026-07-10 12:00:00'] })
  await deploy(path, '--quarantine', '--legacy-timezone', 'Europe/Berlin')
  const list = (await runMigrator(['quarantine', 'list', '--database', path, '--json'])).json<{ rows: { table: string; key: string; rule: string }[] }>()
  expect(list.rows.map((row) => row.rule)).toEqual(expect.arrayContaining(['negative_points', 'option_index_out_of_range', 'orphaned_achievements', 'parent_in_quarantine']))

  const unmended = await runMigrator(['quarantine', 'restore', '--database', path, '--json'])
  expect(unmended.exitCode).toBe(3)
  expect(value(path, 'SELECT count(*) FROM quarantine_users')).toBe(2)

  const question = list.rows.find((row) => row.table === 'questions')?.key ?? ''
  expect((await runMigrator(['quarantine', 'restore', 'questions', '--key', question, '--set', 'correct_answer=0', '--database', path])).exitCode).toBe(0)
  expect((await runMigrator(['quarantine', 'restore', 'users', '--all', '--set', 'total_points=0', '--database', path])).exitCode).toBe(0)
  const rest = await runMigrator(['quarantine', 'restore', '--database', path, '--json'])
  expect(rest.json()).toMatchObject({ exitCode: 3, error: { code: 'STILL_BROKEN' }, remaining: [{ table: 'user_achievements' }] })
  expect(value(path, 'SELECT count(*) FROM users')).toBe(rows.users)
  expect(value(path, 'SELECT count(*) FROM game_sessions')).toBe(rows.game_sessions)
  expect(value(path, "SELECT count(*) FROM users WHERE created_at NOT GLOB '????-??-??T??:??:??.???+00:00'")).toBe(0)
  expect(value(path, `SELECT count(*) FROM questions WHERE id = ${question} AND correct_answer = json_extract(options, '$[0]')`)).toBe(1)
  expect(column(path, "SELECT name FROM sqlite_schema WHERE name LIKE 'quarantine_%'")).toEqual(['quarantine_user_achievements'])
})

test('odd rows are warnings: told, and kept', async () => {
  using folder = scratchFolder()
  const { path, playerIds } = createLegacyDatabase(folder.file('trivia.db'))
  execute(path, `UPDATE users SET questions_correct = questions_answered + 1, preferred_difficulty = 'insane', daily_challenge_completed = '2026-05-01 00:00:00' WHERE user_id = ${playerIds[0]}`)
  const result = await deploy(path)
  expect(result.outcome).toBe('deployed')
  expect(result.notes.join('\n')).toMatch(/more_correct_than_answered[\s\S]*odd_difficulty|odd_difficulty[\s\S]*more_correct_than_answered/)
  expect(value(path, `SELECT daily_challenge_completed FROM users WHERE user_id = ${playerIds[0]}`)).toBe('2026-05-01')
})

test('validate counts what the guide counts, and exits 3 on broken rows', async () => {
  using folder = scratchFolder()
  const { path, rows } = createLegacyDatabase(folder.file('trivia.db'), { broken: { negativePoints: 2, orphanedAchievements: 3 } })
  const run = await runMigrator(['validate', '--database', path, '--json'])
  expect(run.exitCode).toBe(3)
  expect(run.json()).toMatchObject({ user_count: rows.users, negative_points: 2, orphaned_achievements: 3, exitCode: 3 })
  const check = await runMigrator(['check', '--database', path, '--json'])
  expect(check.exitCode).toBe(3)
  expect((check.json<{ foreignKeys: unknown[] }>()).foreignKeys).toHaveLength(3)
})

test('tables that triggers keep follow what is set aside', async () => {
  using folder = scratchFolder()
  const { path, playerIds } = createLegacyDatabase(folder.file('trivia.db'))
  expect(await deploy(path)).toMatchObject({ outcome: 'deployed' })
  const player = String(playerIds[0])
  execute(path, `UPDATE users SET total_points = total_points + 500;
    UPDATE users SET total_points = -5 WHERE user_id = ${player};
    INSERT INTO answers (user_id, question_id, is_correct, points, answered_at) VALUES (${player}, 1, 1, 10, '2026-06-01T12:00:00.000+00:00');
    PRAGMA ignore_check_constraints = ON; UPDATE questions SET question_type = 'bogus' WHERE id = 3`)
  const prisma = copyPrismaDir(folder.file('prisma'))
  addMigration(prisma, '20300101000000_index', 'CREATE INDEX idx_answers_time ON answers (answered_at);')
  expect(await deploy(path, '--prisma-dir', prisma)).toMatchObject({ exitCode: 3, error: { code: 'BROKEN_ROWS' } })
  const result = await deploy(path, '--prisma-dir', prisma, '--quarantine')
  expect(result).toMatchObject({ outcome: 'deployed', preservation: { users: { quarantined: 1, lost: 0 }, answers: { quarantined: 1 }, questions: { quarantined: 1 } } })
  expect(result.preservation).not.toHaveProperty('rank_counts')
  const agree = "SELECT (SELECT sum(players) FROM rank_counts WHERE board = 'all' AND width = 1) = (SELECT count(*) FROM users WHERE total_points > 0) AND (SELECT count(*) FROM question_slots) = (SELECT count(*) FROM questions)"
  expect(value(path, agree)).toBe(1)
  execute(path, `UPDATE quarantine_users SET total_points = 700; UPDATE quarantine_questions SET question_type = 'fill_blank'`)
  expect((await runMigrator(['quarantine', 'restore', '--database', path, '--json'])).exitCode).toBe(0)
  expect(value(path, agree)).toBe(1)
  expect(value(path, `SELECT count(*) FROM answers WHERE user_id = ${player}`)).toBe(1)
})
