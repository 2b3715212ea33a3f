import { readFileSync } from 'node:fs'
import type { Connection } from '@trivia/database/connection'
import { deletionsPath, readDeletions } from '@trivia/database/deletions'
import { addToRankings } from '@trivia/database/queries'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { deletePlayer, exportPlayer } from '../../src/features/privacy/index.ts'
import { addAnswer, addPlayer, addQuestion, createWorld, id, MONTH, SERVER, WEEK, type World } from './world.ts'

const AT = '2026-11-20T10:00:00.000+00:00'
const [me, other] = [id(1), id(2)]
let world: World

beforeEach(() => {
  world = createWorld()
  onTestFinished(() => world[Symbol.dispose]())
  populate(world.db)
})

/** Two players with rows in every table that can have one of a player. */
function populate(db: Connection): void {
  addPlayer(db, 1, 300, 'Zaphod-the-First')
  addPlayer(db, 2, 200)
  addPlayer(db, 3, 300)
  const question = addQuestion(db, 'easy', 'Space')
  for (const userId of [me, other]) {
    db.run(`INSERT INTO user_preferences (user_id, theme) VALUES (?, 'dark')`, userId)
    db.run('INSERT INTO user_progress (user_id, right_easy) VALUES (?, 3)', userId)
    db.run(`INSERT INTO user_achievements (user_id, achievement_id) VALUES (?, 'century')`, userId)
    db.run(`INSERT INTO question_reports (question_id, user_id, reason, note) VALUES (?, ?, 'typo', 'see there')`, question, userId)
    addToRankings(db, { userId, guildId: SERVER, points: 30, week: WEEK, month: MONTH })
    const session = db.insert(`INSERT INTO game_sessions (channel_id, user_id, mode, rounds) VALUES (77, ?, 'race', 2)`, userId)
    const round = db.insert('INSERT INTO game_rounds (session_id, number, question_id, points, asked_at, deadline, winner_id) VALUES (?, 1, ?, 10, ?, ?, ?)', session, question, AT, AT, me)
    db.run(`INSERT INTO running_games (session_id, busy_channel_id, round_id, step, due_at, reply_token) VALUES (?, ?, ?, 'open', ?, 'a secret token')`, session, userId === me ? 77 : 78, round, AT)
    for (const answering of [me, other]) db.run('INSERT INTO answers (round_id, user_id, question_id, given, is_correct, answered_at) VALUES (?, ?, ?, ?, 1, ?)', round, answering, question, 'x', AT)
  }
  addAnswer(db, me, question, true, Date.parse(AT))
  db.run('INSERT INTO friendships VALUES (?, ?, ?, ?, ?)', me, other, other, AT, AT)
  db.run('INSERT INTO friendships VALUES (?, ?, ?, ?, NULL)', me, id(3), me, AT)
  db.run('UPDATE questions SET added_by = ?, author = ?', me, 'Zaphod-the-First')
  for (const [name, members] of [['Mine alone', [me]], ['Handed over', [me, other]], ['Empty already', []]] as const) {
    const group = db.insert('INSERT INTO player_groups (name, code, owner_id, created_at) VALUES (?, ?, ?, ?)', name, name.slice(0, 8), me, AT)
    for (const userId of members) db.run('INSERT INTO player_group_members VALUES (?, ?, ?)', group, userId, AT)
  }
  db.raw.exec(`
    CREATE TABLE quarantine_answers (id INTEGER, round_id, user_id, given, quarantine_rule TEXT, quarantine_reason TEXT);
    INSERT INTO quarantine_answers VALUES (1, 5, '${me}', 'x', 'r', 'it belongs to users ${me}, which is in quarantine'), (2, 5, ${me}, 'x', 'r', 'y'), (3, 5, ${other}, 'x', 'r', 'y');
    CREATE TABLE quarantine_game_rounds (id INTEGER, winner_id, quarantine_reason TEXT);
    INSERT INTO quarantine_game_rounds VALUES (1, ${me}, 'the winner ${me} is not in users');
    CREATE TABLE users_archive (user_id BIGINT, old_points TEXT);
    INSERT INTO users_archive VALUES (${me}, '5'), (${other}, '6');
  `)
}

function tablesOf(db: Connection): string[] {
  return db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'`).map(({ name }) => name)
}

/** Every place of the database where a text or number contains one. */
function placesWith(db: Connection, text: string): string[] {
  return tablesOf(db).flatMap((table) => db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).flatMap(({ name }) =>
    db.get(`SELECT 1 FROM "${table}" WHERE instr(CAST("${name}" AS TEXT), ?) > 0`, text) === undefined ? [] : [`${table}.${name}`]))
}

/** The counts as the players' tables say, without those of nobody. */
function countsFromPlayers(db: Connection): unknown[] {
  return db.all(`WITH scores(board, points) AS (
      SELECT 'all', total_points FROM users UNION ALL SELECT 'week:' || week_start, points FROM weekly_rankings
      UNION ALL SELECT 'month:' || month_start, points FROM monthly_rankings
      UNION ALL SELECT 'guild:' || guild_id || ':' || period || ':' || start, points FROM guild_rankings)
    SELECT board, 1 AS width, points AS bucket, count(*) AS players FROM scores WHERE points > 0 GROUP BY 1, 3
    UNION ALL SELECT board, 1024, points / 1024, count(*) FROM scores WHERE points > 0 GROUP BY 1, 3 ORDER BY 1, 2, 3`)
}

test('the scan finds the player before: in every table with players', () => {
  const tables = new Set(placesWith(world.db, me).map((place) => place.split('.')[0]))
  expect([...tables].sort()).toEqual([
    'answers', 'friendships', 'game_rounds', 'game_sessions', 'guild_rankings', 'monthly_rankings', 'player_group_members', 'player_groups', 'quarantine_answers', 'quarantine_game_rounds',
    'question_reports', 'questions', 'user_achievements', 'user_preferences', 'user_progress', 'users', 'users_archive', 'weekly_rankings',
  ])
  const columns = tablesOf(world.db).flatMap((table) => world.db.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name))
  // A new column that may hold a player belongs into this test and into the deletion.
  expect(columns.filter((name) => /(user|owner|winner|player|host|member|_by$|asker)/.test(name) && name !== 'players').toSorted().filter((name, index, all) => name !== all[index - 1])).toEqual(
    ['added_by', 'asked_by', 'owner_id', 'user_high', 'user_id', 'user_low', 'winner_id'])
})

test('deleting leaves nothing of the player anywhere', () => {
  const { db, context } = world
  const deleted = db.transaction(() => deletePlayer(context, { userId: me }))
  expect(deleted).toBe(true)
  expect(placesWith(db, me)).toEqual([])
  expect(placesWith(db, 'Zaphod-the-First')).toEqual([])
  expect(db.all('PRAGMA foreign_key_check')).toEqual([])
  expect(db.all('SELECT board, width, bucket, players FROM rank_counts WHERE players > 0 ORDER BY 1, 2, 3')).toEqual(countsFromPlayers(db))
  expect(exportPlayer(context, { userId: me })).toBeNull()
  expect(db.transaction(() => deletePlayer(context, { userId: me }))).toBe(false)
})

test('that the player asked is noted outside of the database, and before it is done', () => {
  const { db, context, path } = world
  db.raw.exec(`CREATE TRIGGER refuse BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'no'); END`)
  expect(() => db.transaction(() => deletePlayer(context, { userId: me }))).toThrow('no')
  const deletions = readDeletions(path)
  expect([deletions?.lastOf(me), deletions?.lastOf(other)]).toEqual([context.now, null])
  expect(readFileSync(deletionsPath(path), 'utf8')).not.toContain(me)
})

test('what belongs to others stays', () => {
  const { db, context } = world
  db.transaction(() => deletePlayer(context, { userId: me }))
  expect(db.all('SELECT CAST(user_id AS TEXT) AS userId, count(*) AS answers, count(round_id) AS rounds FROM answers GROUP BY user_id')).toEqual([{ userId: other, answers: 2, rounds: 1 }])
  expect(db.all('SELECT name, CAST(owner_id AS TEXT) AS owner FROM player_groups')).toEqual([{ name: 'Handed over', owner: other }])
  expect(db.all('SELECT busy_channel_id AS channel FROM running_games')).toEqual([{ channel: 78 }])
  expect(db.get('SELECT added_by, author FROM questions')).toEqual({ added_by: null, author: null })
  expect(db.get('SELECT winner_id AS winner FROM game_rounds')).toEqual({ winner: null })
  expect(db.get('SELECT count(*) AS rows FROM quarantine_answers')).toEqual({ rows: 1 })
  expect(db.get('SELECT winner_id AS winner, quarantine_reason AS reason FROM quarantine_game_rounds')).toEqual({ winner: null, reason: 'the winner ? is not in users' })
  expect(db.get('SELECT count(*) AS rows FROM users_archive')).toEqual({ rows: 1 })
})

test('the file keeps no trace in its free space, and the setting is as before', () => {
  const { db, context, path } = world
  expect(readFileSync(path).includes('Zaphod-the-First')).toBe(true)
  const before = db.raw.pragma('secure_delete', { simple: true })
  db.transaction(() => deletePlayer(context, { userId: me }))
  expect(readFileSync(path).includes('Zaphod-the-First')).toBe(false)
  expect(db.raw.pragma('secure_delete', { simple: true })).toBe(before)
})

test('a deletion that fails changes nothing', () => {
  const { db, context } = world
  const before = placesWith(db, me)
  db.raw.exec(`CREATE TRIGGER refuse BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'no'); END`)
  expect(() => db.transaction(() => deletePlayer(context, { userId: me }))).toThrow('no')
  expect(placesWith(db, me)).toEqual(before)
})

test('the export has everything about the player, with ids as texts, and nothing secret', () => {
  const json = exportPlayer(world.context, { userId: me }) ?? ''
  const { user_id: userId, tables } = JSON.parse(json) as { user_id: string; tables: Record<string, Record<string, unknown>[]> }
  expect(userId).toBe(me)
  const places = new Set(placesWith(world.db, me).map((place) => place.split('.')[0] ?? ''))
  expect(Object.keys(tables).filter((name) => name !== 'groups_joined').sort()).toEqual([...places].sort())
  expect(tables.answers).toHaveLength(3)
  expect(tables.users).toMatchObject([{ user_id: me, total_points: 300, name: 'Zaphod-the-First' }])
  expect(tables.friendships).toMatchObject([{ user_low: me, user_high: other, asked_by: other }, { user_low: me, user_high: id(3), asked_by: me }])
  expect(tables.game_sessions).toMatchObject([{ user_id: me, channel_id: '77' }])
  expect(tables.groups_joined).toMatchObject([{ name: 'Mine alone' }, { name: 'Handed over' }])
  expect(json).not.toContain('a secret token')
  expect(json).not.toMatch(/": \d{16,}/)
})

test('of somebody unknown there is nothing', () => {
  expect(exportPlayer(world.context, { userId: id(9) })).toBeNull()
  expect(world.db.transaction(() => deletePlayer(world.context, { userId: id(9) }))).toBe(false)
})
