import { closeSync, copyFileSync, existsSync, openSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createLegacyDatabase, fileHash, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from '../src/commands/backup.ts'
import { check } from '../src/commands/check.ts'
import { recover, type RecoverFlags } from '../src/commands/recover.ts'
import { restore } from '../src/commands/restore.ts'
import type { RecoveredFile } from '../src/recovery/recover.ts'
import type { SalvagedTable } from '../src/recovery/salvage.ts'
import { documentOf, type Place, placeOf, placeWith } from './backing-up.ts'
import { column, deploy, execute, value } from './deploying.ts'

const PLAYERS = 3000
let base: ScratchFolder
beforeAll(async () => {
  base = scratchFolder()
  const { path } = createLegacyDatabase(base.file('base.db'), { players: PLAYERS, questions: 40, sessions: 4000, achievements: 2000, rankings: 500 })
  const { error } = await deploy(path)
  if (error !== null) throw new Error(error.why)
}, 120_000)
afterAll(() => base.remove())

interface Recovered {
  readonly exitCode: number
  readonly salvaged: RecoveredFile
  readonly merged: RecoveredFile & { filled: Record<string, number> } | null
  readonly salvage: { tables: SalvagedTable[]; addedObjects: string[]; freeKnown: boolean }
  readonly choices: { command: string }[]
  readonly error: { code: string } | null
}

const recoverIn = (place: Place, flags: RecoverFlags = {}): Promise<Recovered> => documentOf<Recovered>(recover(place.input, flags))
const tableOf = (result: Recovered, name: string): SalvagedTable => result.salvage.tables.find(({ table }) => table === name)!

/** A place with a backup, a player who came after it, and everything in the one file. */
async function damagedPlace(damage: (database: string) => void): Promise<Place & { before: string }> {
  const place = placeWith(base)
  await backup(place.input, { type: 'daily', compress: false })
  place.moveTo('2026-03-03T03:00:00.000Z')
  execute(place.database, `INSERT INTO users (user_id, total_points, created_at) VALUES (1500000000000000001, 77, '2026-03-02T12:00:00.000+00:00'); PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE`)
  damage(place.database)
  return { ...place, before: fileHash(place.database), [Symbol.dispose]: () => place[Symbol.dispose]() }
}

/** The pages of a tree that hold its rows or entries, by SQLite's own account. */
function leaves(database: string, name: string): number[] {
  return column(database, `SELECT pageno FROM dbstat WHERE name = '${name}' AND pagetype = 'leaf' ORDER BY path`) as number[]
}

function overwrite(database: string, page: number, byte = 0xa5): void {
  const size = Number(value(database, 'PRAGMA page_size'))
  const file = openSync(database, 'r+')
  writeSync(file, Buffer.alloc(size, byte), 0, size, (page - 1) * size)
  closeSync(file)
}

function counted(file: string, table: string): number {
  return value(file, `SELECT count(*) FROM ${table}`) as number
}

function expectSound(file: string): void {
  expect(column(file, 'PRAGMA integrity_check')).toEqual(['ok'])
  expect(column(file, 'PRAGMA foreign_key_check')).toEqual([])
}

test('pages overwritten in the middle of a table: every row on the others, and the database as it was', async () => {
  let rows = 0
  using place = await damagedPlace((database) => {
    const pages = leaves(database, 'user_achievements')
    expect(pages.length).toBeGreaterThan(6)
    const gone = [pages[2]!, pages[3]!]
    rows = Number(value(database, `SELECT sum(ncell) FROM dbstat WHERE pageno IN (${gone.join()})`))
    for (const page of gone) overwrite(database, page)
  })
  const all = counted(base.file('base.db'), 'user_achievements')
  const result = await recoverIn(place)
  expect(result).toMatchObject({ exitCode: 0, error: null })
  expect(fileHash(place.database)).toBe(place.before)
  expectSound(result.salvaged.path)
  expect(tableOf(result, 'user_achievements')).toMatchObject({ lostPages: 2, rows: all - rows, partial: rows })
  expect(counted(result.salvaged.path, 'user_achievements')).toBe(all - rows)
  expect(counted(result.salvaged.path, 'users')).toBe(PLAYERS + 1)
  expect(result.salvaged.comparison!.find(({ table }) => table === 'user_achievements')).toMatchObject({ before: all, added: 0, changed: 0 })
  expect(result.salvaged.comparison!.find(({ table }) => table === 'users')).toMatchObject({ lost: 0, added: 1 })
  expect(result.choices.map(({ command }) => command.split(' ').slice(0, 2).join(' '))).toEqual(['migrator restore', 'migrator restore', 'migrator recover'])
  expect(readdirSync(place.backupDir).filter((name) => name.startsWith('.'))).toEqual([])

  // The counts of the ranks are those of the rows.
  expect(value(result.salvaged.path, `SELECT sum(players) FROM rank_counts WHERE board = 'all' AND width = 1`)).toBe(value(result.salvaged.path, 'SELECT count(*) FROM users WHERE total_points > 0'))
  await restore(place.input, { file: result.salvaged.path, latest: false })
  expect(await documentOf(check(place.input))).toMatchObject({ ok: true })
  expect((await deploy(place.database)).outcome).toBe('up-to-date')
})

test('rows of which all columns stand in indexes come back whole, each value as it was', async () => {
  const rows = "SELECT quote(id) || quote(user_id) || quote(week_start) || quote(points) || quote(rank) FROM weekly_rankings NOT INDEXED ORDER BY id"
  let [before, gone]: [unknown[], number] = [[], 0]
  using place = await damagedPlace((database) => {
    execute(database, 'UPDATE weekly_rankings SET rank = NULL WHERE id % 3 = 0')
    before = column(database, rows)
    const page = leaves(database, 'weekly_rankings')[1]!
    gone = Number(value(database, `SELECT ncell FROM dbstat WHERE pageno = ${page}`))
    overwrite(database, page)
  })
  const result = await recoverIn(place)
  expect(gone).toBeGreaterThan(10)
  expect(tableOf(result, 'weekly_rankings')).toMatchObject({ lostPages: 1, rows: before.length, fromIndexes: gone, partial: 0 })
  expect(column(result.salvaged.path, rows)).toEqual(before)
})

test('players lost: merged with the backup none is missing, and the newest row wins', async () => {
  using place = await damagedPlace((database) => {
    execute(database, 'UPDATE users SET total_points = total_points + 1000 WHERE rowid % 2 = 0')
    execute(database, 'DELETE FROM game_sessions WHERE id = 1')
    overwrite(database, leaves(database, 'users')[1]!)
  })
  const result = await recoverIn(place, { merge: true })
  const { salvaged, merged } = result
  const lost = PLAYERS + 1 - counted(salvaged.path, 'users')
  expect(lost).toBeGreaterThan(10)
  expect(tableOf(result, 'users').partial).toBe(lost)
  expect(salvaged.setAside.user_achievements).toBeGreaterThan(0)
  expectSound(salvaged.path)
  expectSound(merged!.path)
  expect(counted(merged!.path, 'users')).toBe(PLAYERS + 1)
  expect(merged!.filled.users).toBe(lost)
  expect(merged!.setAside).toEqual({})
  const players = (file: string): unknown[] => column(file, `SELECT user_id || ' ' || total_points FROM users`)
  const inMerged = new Set(players(merged!.path))
  expect(players(salvaged.path).filter((player) => !inMerged.has(player))).toEqual([])
  // Wholly readable: what the backup has more there was deleted since.
  expect(counted(merged!.path, 'game_sessions WHERE id = 1')).toBe(0)
  expect(fileHash(place.database)).toBe(place.before)
})

test('a destroyed index costs nothing', async () => {
  // Longer than a page, in several ways.
  const long = [3990, 4060, 4100, 9000, 20_000, 70_000].map((length) => `INSERT INTO questions (question_text, question_type, difficulty, category, correct_answer) VALUES (substr(hex(randomblob(${length})), 1, ${length}), 'fill_blank', 'easy', 'x', 'y');`)
  using place = await damagedPlace((database) => {
    execute(database, long.join(''))
    overwrite(database, leaves(database, 'idx_users_total_points')[0]!)
  })
  const result = await recoverIn(place)
  expectSound(result.salvaged.path)
  expect(result.salvage.tables.filter(({ lostPages, lostCells }) => lostPages + lostCells > 0)).toEqual([])
  expect(counted(result.salvaged.path, 'users')).toBe(PLAYERS + 1)
  const texts = 'SELECT question_text FROM questions NOT INDEXED ORDER BY id'
  expect(column(result.salvaged.path, texts)).toEqual(column(place.database, texts))
})

test('what stands only in the log of a file that does not open any more', async () => {
  using place = placeWith(base)
  const [ahead, kept] = [`${place.database}-wal`, place.folder.file('kept-wal')]
  const connection = new Sqlite(place.database)
  connection.pragma('wal_autocheckpoint = 0')
  connection.exec('INSERT INTO users (user_id, total_points) VALUES (1500000000000000001, 77)')
  copyFileSync(ahead, kept)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
  // As it was before the checkpoint: the new row is in the log alone.
  execute(place.database, 'DELETE FROM users WHERE user_id = 1500000000000000001; PRAGMA wal_checkpoint(TRUNCATE)')
  for (const ending of ['-wal', '-shm']) rmSync(place.database + ending, { force: true })
  overwrite(place.database, 1, 0)
  for (const ending of ['-wal', '-shm']) rmSync(place.database + ending, { force: true })
  copyFileSync(kept, ahead)
  const before = [fileHash(place.database), fileHash(ahead)]
  const result = await recoverIn(place)
  expect(counted(result.salvaged.path, 'users WHERE user_id = 1500000000000000001')).toBe(1)
  expect([fileHash(place.database), fileHash(ahead)]).toEqual(before)
})

test.for([['the first page', 1, 0xa5], ['the first page, zeros', 1, 0]] as const)('%s: the structure is found again, and all rows', async ([, page, byte]) => {
  using place = await damagedPlace((database) => overwrite(database, page, byte))
  const result = await recoverIn(place)
  expect(result).toMatchObject({ exitCode: 0, salvage: { freeKnown: false } })
  expectSound(result.salvaged.path)
  for (const table of ['user_achievements', 'game_sessions', 'questions', 'weekly_rankings']) expect([table, counted(result.salvaged.path, table)]).toEqual([table, counted(base.file('base.db'), table)])
  expect(counted(result.salvaged.path, 'users')).toBe(PLAYERS + 1)
  expect(counted(result.salvaged.path, '_prisma_migrations')).toBe(counted(base.file('base.db'), '_prisma_migrations'))
  expect(fileHash(place.database)).toBe(place.before)
})

test("a table's root: its rows are found on pages that hang on nothing", async () => {
  using place = await damagedPlace((database) => overwrite(database, Number(value(database, `SELECT rootpage FROM sqlite_schema WHERE name = 'game_sessions'`))))
  const result = await recoverIn(place)
  expectSound(result.salvaged.path)
  expect(tableOf(result, 'game_sessions')).toMatchObject({ lostPages: 1, loose: counted(base.file('base.db'), 'game_sessions') })
  expect(counted(result.salvaged.path, 'game_sessions')).toBe(counted(base.file('base.db'), 'game_sessions'))
})

test('a file that was cut in the middle gives what is before the cut', async () => {
  using place = await damagedPlace((database) => truncateSync(database, Math.floor(statSync(database).size / 2)))
  const result = await recoverIn(place, { to: place.folder.file('saved.db'), merge: true })
  expect(result).toMatchObject({ exitCode: 0, salvaged: { path: place.folder.file('saved.db') } })
  expectSound(result.salvaged.path)
  expectSound(result.merged!.path)
  expect(result.salvaged.rows).toBeGreaterThan(500)
  expect(counted(result.merged!.path, 'users')).toBeGreaterThanOrEqual(PLAYERS)
  expect(await recoverIn(place, { to: place.folder.file('saved.db') })).toMatchObject({ exitCode: 3, error: { code: 'FILE_EXISTS' } })
})

test('a database of the older system, without any backup', async () => {
  using folder = scratchFolder()
  using place = placeOf(folder, createLegacyDatabase(folder.file('trivia.db'), { players: 500, journalMode: 'delete' }).path, '2026-03-03T03:00:00.000Z')
  overwrite(place.database, leaves(place.database, 'users')[1]!)
  const result = await recoverIn(place)
  expect(result).toMatchObject({ exitCode: 0, salvaged: { comparison: null }, choices: [{ command: `migrator restore ${result.salvaged.path} --database ${place.database}` }] })
  expectSound(result.salvaged.path)
  expect(tableOf(result, 'users').rows + tableOf(result, 'users').partial).toBeGreaterThan(400)
})

test('nothing to recover, nothing there, nothing left', async () => {
  using place = placeWith(base)
  expect(await recoverIn(place)).toMatchObject({ exitCode: 3, error: { code: 'DATABASE_SOUND' } })
  expect(await recoverIn({ ...place, input: { ...place.input, settings: { ...place.input.settings, database: place.folder.file('none.db') } } })).toMatchObject({ exitCode: 3, error: { code: 'DATABASE_MISSING' } })
  expect(await recoverIn(place, { merge: true })).toMatchObject({ exitCode: 3, error: { code: 'NO_BACKUP' } })
  for (const ending of ['-wal', '-shm']) if (existsSync(place.database + ending)) truncateSync(place.database + ending)
  writeFileSync(place.database, Buffer.alloc(200_000, 0xff))
  expect(await recoverIn(place)).toMatchObject({ exitCode: 4, error: { code: 'NOTHING_SALVAGED' } })
  expect(existsSync(join(place.folder.path, 'recovered'))).toBe(false)
})
