import type { ReportDocument, TableAccount } from '../src/reports/document.ts'

/** A table in which nothing happened. */
export function quietTable(table: string, rows: number): TableAccount {
  return { table, before: rows, after: rows, lost: 0, added: 0, changed: 0, quarantined: 0, gone: false, changedColumns: {}, declaration: null }
}

const usersBefore = 'CREATE TABLE users (\n    user_id INTEGER PRIMARY KEY, -- as Discord has it\n    total_points INTEGER DEFAULT 0,\n    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP\n)'
const usersAfter = `CREATE TABLE "users" ("user_id" BIGINT NOT NULL PRIMARY KEY, "total_points" INTEGER NOT NULL DEFAULT 0 CHECK (total_points >= 0), "theme" TEXT NOT NULL DEFAULT 'default', "created_at" DATETIME NOT NULL)`

/** A deploy of the older system's database that went well, of a size that people have. */
export function fineDeploy(database: string, time = '2026-11-23T03:15:00.000Z'): ReportDocument {
  return {
    format: 1,
    time,
    command: 'deploy',
    database,
    outcome: 'deployed',
    exitCode: 0,
    error: null,
    version: { from: 3, to: 10 },
    adopted: true,
    applied: ['20250401000000_version_4_question_metadata', '20250501000000_version_5_guilds', '20250601000000_version_6_progress', '20250701000000_version_7_games'],
    ms: 8412,
    rounds: 2,
    waterfall: [
      { step: 'lock', round: 1, startMs: 0, ms: 7, summary: 'nobody else deploys' },
      { step: 'recover', round: 1, startMs: 7, ms: 2, summary: 'nothing was left behind' },
      { step: 'preflight', round: 1, startMs: 9, ms: 41, summary: 'version 3, 4 migrations pending' },
      { step: 'snapshot', round: 1, startMs: 50, ms: 410, summary: '13.4 MB' },
      { step: 'integrity', round: 1, startMs: 460, ms: 620, summary: 'no damage', spans: [{ name: 'integrity_check', startMs: 462, ms: 618 }, { name: 'foreign_key_check', startMs: 463, ms: 240 }] },
      { step: 'validate', round: 1, startMs: 1080, ms: 180, summary: 'no broken rows' },
      { step: 'migrate', round: 1, startMs: 1260, ms: 1900, summary: '4 migrations', spans: [{ name: 'prisma migrate deploy', startMs: 1300, ms: 1820 }] },
      { step: 'verify', round: 1, startMs: 3160, ms: 2300, summary: 'every row accounted for', spans: [{ name: 'integrity_check', startMs: 3170, ms: 900 }, { name: 'compare every row', startMs: 3172, ms: 2280 }, { name: 'prisma migrate diff', startMs: 3175, ms: 1310 }, { name: 'inspect', startMs: 3180, ms: 400 }] },
      { step: 'publish', round: 1, startMs: 5460, ms: 60, summary: 'somebody wrote meanwhile: again from a new snapshot' },
      { step: 'snapshot', round: 2, startMs: 5520, ms: 300, summary: '13.4 MB' },
      { step: 'migrate', round: 2, startMs: 5820, ms: 1500, summary: '4 migrations' },
      { step: 'publish', round: 2, startMs: 7320, ms: 640, summary: 'the live database has the new content' },
      { step: 'backup', round: 2, startMs: 7960, ms: 440, summary: 'trivia_post_migration' },
      { step: 'report', round: 2, startMs: 8400, ms: 1, summary: 'version 3 → 10' },
    ],
    writersHeldMs: 1180,
    writersHeld: { startMs: 6800, ms: 1180 },
    tables: [
      { ...quietTable('users', 41_235), changed: 41_235, changedColumns: { created_at: 41_235, last_played: 38_002 }, declaration: '{"changed":["created_at","last_played"],"why":"One format for all times."}', byMigration: [{ migration: '20250401000000_version_4_question_metadata', lost: 0, added: 0, changed: 41_235 }] },
      { ...quietTable('questions', 10_412), after: 10_724, added: 312, declaration: '{"added":"any","why":"The starter pack."}' },
      { ...quietTable('old_cache', 2_301), after: 0, lost: 2_301, gone: true, declaration: '{"lost":"any","why":"It is computed now."}' },
      { ...quietTable('weekly_rankings', 120_003), after: 120_002, lost: 1, declaration: '{"lost":1,"why":"A duplicate."}' },
      quietTable('achievements', 9_870), quietTable('game_sessions', 238_901), quietTable('user_preferences', 12_004),
    ],
    structure: {
      added: [{ type: 'table', name: 'guilds' }, { type: 'table', name: 'games' }, { type: 'index', name: 'idx_answers_user' }, { type: 'trigger', name: 'users_rank_count' }],
      removed: [{ type: 'table', name: 'old_cache' }],
      changed: [
        { type: 'table', name: 'users', before: usersBefore, after: usersAfter },
        { type: 'index', name: 'idx_users_points', before: 'CREATE INDEX idx_users_points ON users (total_points)', after: 'CREATE INDEX idx_users_points ON users (total_points DESC)' },
      ],
    },
    plans: [
      { name: 'leaderboard', sql: 'SELECT user_id, total_points\nFROM users\nORDER BY total_points DESC LIMIT 10', before: ['SCAN users', 'USE TEMP B-TREE FOR ORDER BY'], after: ['SCAN users USING INDEX idx_users_points'], worse: false, beforeMs: 18.4, afterMs: 0.21 },
      { name: 'sessions of a player', sql: 'SELECT * FROM game_sessions WHERE user_id = ?', before: ['SEARCH game_sessions USING INDEX idx_sessions_user (user_id=?)'], after: ['SCAN game_sessions'], worse: true, beforeMs: 0.4, afterMs: 24.2 },
      { name: 'question by difficulty', sql: 'SELECT * FROM questions WHERE difficulty = ?', before: ['SEARCH questions USING INDEX q (difficulty=?)'], after: ['SEARCH questions USING INDEX q (difficulty=?)'], worse: false, beforeMs: 3.1, afterMs: 2.8 },
      { name: 'guild settings', sql: 'SELECT * FROM guilds WHERE guild_id = ?', before: null, after: ['SEARCH guilds USING INTEGER PRIMARY KEY (rowid=?)'], worse: false, beforeMs: null, afterMs: 0.02 },
    ],
    sizes: { databaseBefore: 13_400_000, databaseAfter: 14_100_000, preBackup: 13_400_000, postBackup: 13_900_000, pagesBefore: 3272, pagesAfter: 3442, freePagesBefore: 410, freePagesAfter: 12 },
    lint: [
      { rule: 'foreign-key-without-index', severity: 'warning', migration: '20250701000000_version_7_games', line: 41, message: 'answers.round_id has no index: deleting a round goes through all answers.', fix: 'CREATE INDEX "answers_round" ON "answers" ("round_id");' },
      { rule: 'drop-table-or-column', severity: 'error', migration: '20250601000000_version_6_progress', line: 7, message: 'old_cache goes away with its rows.', fix: null },
    ],
    figures: { before: { user_count: 41_235, negative_points: 0, orphaned_sessions: 3 }, after: { user_count: 41_235, negative_points: 0, orphaned_sessions: 3 } },
    forecasts: [{ table: 'questions', expected: 10_724, actual: 10_724, ok: true }, { table: 'old_cache', expected: 0, actual: 0, ok: true }],
    verifications: [
      { migration: '20250401000000_version_4_question_metadata', name: 'points stay', when: 'before', sql: 'SELECT sum(total_points) FROM users', expected: '412345', actual: '412345', ok: true },
      { migration: '20250401000000_version_4_question_metadata', name: 'points stay', when: 'after', sql: 'SELECT sum(total_points) FROM users', expected: '412345', actual: '412345', ok: true },
    ],
    backups: { pre: `${database}.backups/trivia_pre_migration_20261123T031500000Z.db`, post: `${database}.backups/trivia_post_migration_20261123T031508000Z.db` },
    notes: ['write-ahead logging could not be switched on: others have the database open'],
    checklist: null,
    quietPause: null,
    bot: null,
  }
}

/** A deploy that verify refused. */
export function failedDeploy(database: string, time = '2026-11-24T03:15:00.000Z'): ReportDocument {
  const fine = fineDeploy(database, time)
  return {
    ...fine,
    outcome: 'failed',
    exitCode: 4,
    error: {
      code: 'ROWS_NOT_PRESERVED',
      what: 'The migrations lost rows or values without saying so.',
      why: 'achievements: 9,870 rows lost, declared 0 (key 1; 2; 3; 4; 5; …)',
      next: 'Mend the migration, or declare it in its preserve.json; the live database is as before.',
      details: Array.from({ length: 30 }, (_, index) => `achievements: row ${index + 1} lost by migration.sql:${index + 12}`),
    },
    adopted: false,
    rounds: 1,
    applied: [],
    waterfall: fine.waterfall.slice(0, 8).map((step) => (step.step === 'verify' ? { ...step, failed: true, summary: 'rows are lost' } : step)),
    ms: 5460,
    writersHeldMs: 0,
    writersHeld: null,
    tables: [...fine.tables.filter((each) => each.table !== 'achievements'), { ...quietTable('achievements', 9_870), after: 0, lost: 9_870 }],
    backups: { ...fine.backups, post: null },
    sizes: { ...fine.sizes, databaseAfter: null, postBackup: null, pagesAfter: null, freePagesAfter: null },
    notes: [],
  }
}

/** A rehearsal that would work. */
export function rehearsal(database: string, time = '2026-11-22T20:00:00.000Z'): ReportDocument {
  const fine = fineDeploy(database, time)
  const items = ['Schema version updated correctly', 'All existing data preserved', 'Foreign key constraints maintained', 'Indexes created successfully', 'Performance not degraded', 'Backup/restore works correctly']
  return {
    ...fine, command: 'rehearse', outcome: 'rehearsed', rounds: 1, writersHeldMs: 0, writersHeld: null, backups: { pre: null, post: null }, lint: [], notes: [], forecasts: [], verifications: [],
    waterfall: fine.waterfall.slice(0, 8), ms: 5460, plans: fine.plans.map((plan) => ({ ...plan, worse: false })),
    checklist: items.map((text, index) => ({ text, ok: index !== 4 })),
  }
}

/** A deploy that set broken rows aside, with 40 tables. */
export function quarantined(database: string, time = '2026-11-25T03:15:00.000Z'): ReportDocument {
  const many = Array.from({ length: 38 }, (_, index) => quietTable(`table_${String(index + 1).padStart(2, '0')}`, (index + 1) ** 4))
  return {
    ...fineDeploy(database, time),
    tables: [
      { ...quietTable('users', 41_235), after: 41_230, quarantined: 5 },
      { ...quietTable('game_sessions', 1_000_000), after: 999_999, quarantined: 1, changed: 12, changedColumns: { ended_at: 12 } },
      ...many,
    ],
    quietPause: { ms: 740 },
    bot: { processes: 2, games: 11, queries: { count: 31, ms: 48.2, slowest: { name: 'leaderboard page', ms: 9.1 }, failed: [] } },
  }
}

/** Names and texts of somebody who wishes the reader no good. */
export const hostile = '<script>alert(1)</script>'

/** A deploy in which every text is hostile, or very long. */
export function hostileDeploy(database: string, time = '2026-11-26T03:15:00.000Z'): ReportDocument {
  const fine = fineDeploy(database, time)
  const long = `${'a_very_long_name_of_a_table_'.repeat(12)}\u202e"'><img src=x onerror=alert(2)>`
  return {
    ...fine,
    applied: [hostile, long],
    error: null,
    waterfall: fine.waterfall.map((step, index) => ({ ...step, step: index % 2 === 0 ? hostile : long, summary: `</title></style>${hostile}`, spans: [{ name: long, startMs: step.startMs, ms: step.ms }] })),
    tables: [{ ...quietTable(hostile, 10), lost: 1, after: 9, declaration: `--></textarea>${hostile}`, changed: 2, changedColumns: { [hostile]: 1, [long]: 2 } }, { ...quietTable(long, 5), added: 5, after: 10 }, quietTable(`${hostile}2`, 3)],
    structure: { added: [{ type: 'table', name: hostile }], removed: [{ type: 'view', name: long }], changed: [{ type: 'trigger', name: `" onload="alert(3)`, before: hostile, after: `${hostile}\n${long}` }] },
    plans: fine.plans.map((plan) => ({ ...plan, name: plan.worse ? long : hostile, sql: hostile, after: [hostile] })),
    lint: fine.lint.map((finding) => ({ ...finding, rule: hostile, message: long, fix: hostile, migration: long })),
    forecasts: [{ table: hostile, expected: 1, actual: 2, ok: false }],
    verifications: fine.verifications.map((each) => ({ ...each, name: hostile, sql: hostile, actual: long, expected: hostile, ok: false })),
    backups: { pre: `${database}'; rm -rf ~ #.db`, post: hostile },
    notes: [hostile, 'a\u0000b\ud800c'],
  }
}
