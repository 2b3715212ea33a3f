import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { addMigration, copyPrismaDir, createLegacyDatabase, fileHash, type MigratorRun, runMigrator, type ScratchFolder, scratchFolder, startMigrator } from '@trivia/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { olderThan } from '../src/archive/age.ts'
import type { DeployResult } from '../src/pipeline/result.ts'
import type { ReportDocument } from '../src/reports/document.ts'
import { column, deploy, execute, value } from './deploying.ts'

type ArchiveDocument = DeployResult & { readonly olderThan: string; readonly archived: Readonly<Record<string, number>>; readonly run: MigratorRun }

const DAY = '2026-06-01'
const OLD = "'2026-03-02T20:00:00.000+00:00'"
const NEW = "'2026-11-20T20:00:00.000+00:00'"

let base: ScratchFolder

// A database of the older system with 120 sessions, and 2,600 games of today's bot with 5,200 rounds and 10,400 answers:
// more than a batch, of old ones and of others. The last one of the old ones goes on.
beforeAll(async () => {
  base = scratchFolder()
  const { path } = createLegacyDatabase(base.file('base.db'))
  expect(await deploy(path)).toMatchObject({ exitCode: 0 })
  execute(path, `
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2600)
    INSERT INTO game_sessions (id, channel_id, user_id, start_time, end_time, is_completed, mode, rounds, locale)
    SELECT 10000 + i, 7, u.user_id, CASE WHEN i <= 1200 THEN ${OLD} ELSE ${NEW} END, NULL, 1, 'race', 2, 'en'
    FROM n JOIN (SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS place FROM users) AS u ON u.place = i % 40;
    INSERT INTO running_games (session_id, step, due_at) VALUES (11200, 'wait', ${OLD});
    INSERT INTO game_sessions (id, channel_id, user_id, start_time, is_completed) SELECT 20000, 7, min(user_id), ${OLD}, 0 FROM users;
    INSERT INTO game_rounds (id, session_id, number, points, asked_at, deadline)
    SELECT s.id * 2 + n.i, s.id, n.i, 10, s.start_time, s.start_time FROM game_sessions AS s, (SELECT 1 AS i UNION ALL SELECT 2) AS n WHERE s.id > 10000;
    INSERT INTO answers (round_id, user_id, is_correct, points, answered_at)
    SELECT r.id, u.user_id, 1, 10, r.asked_at FROM game_rounds AS r, (SELECT user_id FROM users ORDER BY user_id LIMIT 2) AS u;
    INSERT OR IGNORE INTO weekly_rankings (user_id, week_start, points, rank) SELECT user_id, '2026-11-23', 40, 1 FROM users;
    INSERT OR IGNORE INTO weekly_rankings (user_id, week_start, points, rank) SELECT user_id, '2026-05-25', 30, 2 FROM users;`)
})
afterAll(() => base.remove())

function place(folder: ScratchFolder, name = 'trivia.db'): string {
  const database = folder.file(name)
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  return database
}

async function archive(database: string, ...args: string[]): Promise<ArchiveDocument> {
  const run = await runMigrator(['archive', '--database', database, '--json', '--older-than', DAY, ...args])
  return { ...run.json<ArchiveDocument>(), run }
}

const MOVED = ['game_sessions', 'game_rounds', 'weekly_rankings']

/** Every row of a table, whether it is archived or not, without the time of archiving. */
function everyRow(database: string, table: string): unknown[] {
  const columns = column(database, `SELECT name FROM pragma_table_info('${table}')`).map((name) => `quote(${String(name)})`).join(" || '|' || ")
  const archived = MOVED.includes(table) ? ` UNION ALL SELECT ${columns} FROM ${table}_archive` : ''
  return column(database, `SELECT ${columns} AS row FROM ${table}${archived} ORDER BY row`)
}

/** Every answer with its round, wherever the link stands. */
function everyLink(database: string): unknown[] {
  return column(database, `SELECT a.id || ' ' || coalesce(a.round_id, l.round_id, '') || ' ' || a.points FROM answers AS a LEFT JOIN answer_rounds_archive AS l ON l.answer_id = a.id ORDER BY a.id`)
}

/** What players see of their points. */
function boards(database: string): unknown[] {
  return column(database, `SELECT user_id || ' ' || total_points FROM users UNION ALL SELECT board || ' ' || width || ' ' || bucket || ' ' || players FROM rank_counts WHERE board NOT LIKE 'week:%' OR board >= 'week:${DAY}' ORDER BY 1`)
}

function backupsOf(database: string): string[] {
  return readdirSync(join(dirname(database), 'backups')).filter((name) => name.endsWith('.db'))
}

function contentOf(database: string): unknown {
  return [...MOVED.map((table) => everyRow(database, table)), everyLink(database), boards(database), everyRow(database, 'users'), everyRow(database, 'running_games')]
}

describe('archive', () => {
  test('moves what is old, loses nothing, and has nothing to do a second time', async () => {
    using folder = scratchFolder()
    const database = place(folder)
    const before = contentOf(database)
    const sessions = Number(value(database, `SELECT count(*) FROM game_sessions WHERE start_time < '${DAY}' AND is_completed = 1`)) - 1
    const rankings = Number(value(database, `SELECT count(*) FROM weekly_rankings WHERE week_start < '${DAY}'`))
    expect(rankings).toBe(40)

    const result = await archive(database)
    expect(result.error).toBeNull()
    expect(result).toMatchObject({ exitCode: 0, outcome: 'archived', olderThan: DAY, archived: { game_sessions: sessions, game_rounds: 2398, weekly_rankings: rankings } })
    expect(result.preservation).toMatchObject({ game_sessions: { lost: 0, added: 0, changed: 0, archived: sessions }, answers: { lost: 0, changed: 4796 }, answer_rounds_archive: { added: 4796 } })
    expect(contentOf(database)).toEqual(before)
    expect(column(database, `SELECT id FROM game_sessions WHERE start_time < '${DAY}' AND id >= 10000 ORDER BY id`)).toEqual([11200, 20000])
    expect(value(database, `SELECT min(week_start) >= '${DAY}' FROM weekly_rankings`)).toBe(1)
    expect(column(database, "SELECT DISTINCT week_start FROM weekly_rankings WHERE week_start = '2026-11-23'")).toHaveLength(1)
    expect(value(database, `SELECT count(*) FROM rank_counts WHERE board LIKE 'week:%' AND board < 'week:${DAY}' AND width = 1`)).toBe(0)
    expect(column(database, 'SELECT older_than || rows_moved FROM archive_runs')).toEqual([`${DAY}${sessions + 2398 + rankings}`])
    expect(value(database, "SELECT archived_at LIKE '____-__-__T__:__:__.___+00:00' FROM game_rounds_archive")).toBe(1)
    expect((await runMigrator(['validate', '--database', database])).exitCode).toBe(0)
    expect((await runMigrator(['check', '--database', database])).exitCode).toBe(0)
    for (const backup of [result.backups.pre, result.backups.post]) expect(existsSync(backup ?? '')).toBe(true)
    expect(value(result.backups.pre ?? '', 'SELECT count(*) FROM game_sessions_archive')).toBe(0)

    const report = JSON.parse(readFileSync(result.report ?? '', 'utf8')) as ReportDocument
    expect(report).toMatchObject({ command: 'archive', outcome: 'archived' })
    expect(readFileSync((result.report ?? '').replace(/json$/, 'html'), 'utf8')).toMatch(/Archiving[\s\S]*in the archives/)
    const history = await runMigrator(['history', '--database', database])
    expect(history.stdout).toMatch(/archive +✔ +archived/)

    const hash = fileHash(database)
    const again = await runMigrator(['archive', '--database', database, '--older-than', DAY])
    expect({ exitCode: again.exitCode, said: again.stdout.includes('nothing to archive') }).toEqual({ exitCode: 0, said: true })
    expect(fileHash(database)).toBe(hash)
    expect(backupsOf(database)).toHaveLength(2)
    expect(await deploy(database)).toMatchObject({ outcome: 'up-to-date' })
  })

  test('--dry-run tells the same and writes nothing', async () => {
    using folder = scratchFolder()
    const database = place(folder)
    const before = fileHash(database)
    const result = await archive(database, '--dry-run')
    expect(result).toMatchObject({ exitCode: 0, outcome: 'rehearsed', archived: { game_rounds: 2398 }, backups: { pre: null, post: null }, report: null })
    expect(fileHash(database)).toBe(before)
    expect(readdirSync(folder.path)).toEqual(['trivia.db'])
  })

  test.each(['publish', 'backup'] as const)('killed when it comes to %s, the next deploy finishes', async (step) => {
    using folder = scratchFolder()
    const database = place(folder)
    const before = contentOf(database)
    await using running = startMigrator(['archive', '--database', database, '--older-than', DAY, '--verbose'])
    await running.waitFor(new RegExp(`^… ${step} `, 'm'))
    await running.kill()
    expect((await running.done).exitCode).toBeNull()
    const isNew = Number(value(database, 'SELECT count(*) FROM archive_runs')) === 1
    if (step === 'backup') expect(isNew).toBe(true)
    const next = await deploy(database)
    expect(next).toMatchObject({ outcome: 'up-to-date' })
    expect(next.notes.join()).toContain(isNew ? 'killed after it had published' : 'killed before it had published')
    expect(contentOf(database)).toEqual(before)
    expect(backupsOf(database)).toHaveLength(isNew ? 2 : 0)
    expect((await archive(database)).outcome).toBe(isNew ? 'up-to-date' : 'archived')
    expect(contentOf(database)).toEqual(before)
  })
})

describe('a migration that moves rows to an archive', () => {
  const move = (id: number): string => `INSERT INTO weekly_rankings_archive SELECT id, user_id, week_start, points, rank, '2026-11-24T00:00:00.000+00:00' FROM weekly_rankings WHERE id = ${id};\n`
  const take = (id: number): string => `DELETE FROM weekly_rankings WHERE id = ${id};\n`

  test.each([
    { name: 'as a whole needs to declare nothing', sql: (id: number) => move(id) + take(id), why: null },
    { name: 'and another one only there', sql: (id: number) => move(id) + move(id + 1) + take(id), why: /weekly_rankings_archive: 1 row added, declared 0/ },
    { name: 'in which it stood already', first: move, sql: take, why: /weekly_rankings_archive: 1 row should have come/ },
  ])('$name', async ({ first = () => '', sql, why }) => {
    using folder = scratchFolder()
    const database = place(folder)
    const id = Number(value(database, 'SELECT min(id) FROM weekly_rankings'))
    // With fresh statistics the plans of queries stay as they are.
    execute(database, `${first(id)} ANALYZE;`)
    const prisma = copyPrismaDir(folder.file('prisma'))
    addMigration(prisma, '20300101000000_move', sql(id))
    const result = await deploy(database, '--prisma-dir', prisma)
    expect(result).toMatchObject(why === null ? { exitCode: 0, preservation: { weekly_rankings: { lost: 0, archived: 1 } } } : { exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED' } })
    if (why !== null) expect(result.error?.why).toMatch(why)
  })
})

test('one that is told to stop says that it was an archiving', async () => {
  using folder = scratchFolder()
  const database = place(folder)
  const hash = fileHash(database)
  await using running = startMigrator(['archive', '--database', database, '--older-than', DAY, '--verbose'])
  await running.waitFor(/^… migrate /m)
  process.kill(running.pid, 'SIGINT')
  const { exitCode, stderr } = await running.done
  expect(exitCode).toBe(3)
  expect(stderr).toContain('The archiving was interrupted before it published anything.')
  expect(stderr).toContain('Archive again when you like')
  expect(fileHash(database)).toBe(hash)
})

describe('archive refuses', () => {
  test('before version 11, and while something is pending', async () => {
    using folder = scratchFolder()
    const legacy = createLegacyDatabase(folder.file('legacy.db')).path
    const hash = fileHash(legacy)
    expect(await archive(legacy)).toMatchObject({ exitCode: 3, outcome: 'refused', error: { code: 'DEPLOY_FIRST' } })
    expect(fileHash(legacy)).toBe(hash)
    const prisma = copyPrismaDir(folder.file('prisma'))
    addMigration(prisma, '20300101000000_more', 'CREATE TABLE more (id INTEGER PRIMARY KEY);')
    expect(await archive(place(folder), '--prisma-dir', prisma)).toMatchObject({ exitCode: 3, error: { code: 'DEPLOY_FIRST', why: expect.stringContaining('1 migration is pending') as string } })
    expect(await archive(folder.file('none.db'))).toMatchObject({ exitCode: 3, error: { code: 'DATABASE_MISSING' } })
    expect(existsSync(folder.file('none.db'))).toBe(false)
  })

  test('a row of a table of one\'s own that would go with its game', async () => {
    using folder = scratchFolder()
    const database = place(folder)
    execute(database, 'CREATE TABLE cheers (id INTEGER PRIMARY KEY, session_id INTEGER REFERENCES game_sessions (id) ON DELETE CASCADE); INSERT INTO cheers (session_id) VALUES (10001), (11400)')
    expect(await archive(database)).toMatchObject({ exitCode: 3, error: { code: 'STRUCTURE_DIFFERS' } })
    writeFileSync(`${database}.accepted.json`, JSON.stringify({ accepted: [{ kind: 'extra', type: 'table', name: 'cheers', why: 'test' }] }))
    const hash = fileHash(database)
    expect(await archive(database)).toMatchObject({ exitCode: 4, error: { code: 'ROWS_NOT_PRESERVED', why: expect.stringContaining('cheers: 1 row lost') as string } })
    expect(fileHash(database)).toBe(hash)
    expect(value(database, 'SELECT count(*) FROM archive_runs')).toBe(0)
  })

  test.each(['soon', '0d', '6d', '1', '-3m', '2026-13-01', '2999-01-01', ''])('an age of "%s"', (age) => {
    expect(() => olderThan(age, new Date('2026-11-24T12:00:00Z'))).toThrow(expect.objectContaining({ code: 'WRONG_USAGE', exitCode: 2 }) as Error)
  })

  test.each([['7d', '2026-11-17'], ['12w', '2026-09-01'], ['6m', '2026-05-24'], ['2y', '2024-11-24'], ['2026-11-17', '2026-11-17']])('%s is before %s', (age, day) => {
    expect(olderThan(age, new Date('2026-11-24T12:00:00Z'))).toBe(day)
  })
})
