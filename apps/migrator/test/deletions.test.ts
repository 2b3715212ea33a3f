import { appendFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { Connection } from '@trivia/database/connection'
import { deletionsKeyPath, deletionsPath, readDeletions, recordDeletion } from '@trivia/database/deletions'
import { forgetPlayer } from '@trivia/database/queries'
import { createLegacyDatabase, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup } from '../src/commands/backup.ts'
import { backupDrill } from '../src/commands/backup-drill.ts'
import { restore } from '../src/commands/restore.ts'
import { documentOf, makeBase, type Place, placeOf, placeWith } from './backing-up.ts'
import { column, execute, value } from './deploying.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = await makeBase()
})
afterAll(() => base.remove())

const idsIn = (database: string): string[] => column(database, 'SELECT CAST(user_id AS TEXT) FROM users ORDER BY user_id') as string[]
const restoreIn = (place: Place, withoutDeletions = false): Promise<{ exitCode: number; forgotten: number; error: { code: string } | null }> =>
  documentOf(restore(place.input, { file: undefined, latest: true, withoutDeletions }))

/** What the bot does when a player confirms. */
function askToBeDeleted(database: string, userId: string, at: string): void {
  recordDeletion(database, userId, Date.parse(at))
  const db = new Connection({ path: database })
  db.transaction(() => forgetPlayer(db, userId))
  db.close()
}

test('who asked to be deleted since the backup does not come back with it', async () => {
  using place = placeWith(base)
  const [one, two, ...rest] = idsIn(place.database)
  await backup(place.input, { type: 'daily', compress: false })
  askToBeDeleted(place.database, one!, '2026-03-02T10:00:00.000Z')
  askToBeDeleted(place.database, two!, '2026-03-02T11:00:00.000Z')
  expect(idsIn(place.database)).toEqual(rest)
  place.moveTo('2026-03-03T03:00:00.000Z')
  const told = await restore(place.input, { file: undefined, latest: true })
  expect(told).toMatchObject({ exitCode: 0, json: { forgotten: 2 }, text: expect.stringContaining('2 players who asked to be deleted since then were deleted again') as unknown })
  expect(idsIn(place.database)).toEqual(rest)
  for (const table of ['user_achievements', 'weekly_rankings', 'game_sessions']) expect(value(place.database, `SELECT count(*) FROM ${table} WHERE user_id IN (${one!}, ${two!})`)).toBe(0)
  expect(column(place.database, 'PRAGMA foreign_key_check')).toEqual([])
  expect(await documentOf(backupDrill(place.input, { file: undefined }))).toMatchObject({ ok: true })
})

test('the ledger tells nobody who it was, and its key is the owner\'s only', () => {
  using place = placeWith(base)
  const [one, two] = idsIn(place.database)
  for (const id of [one!, two!]) recordDeletion(place.database, id, Date.parse('2026-03-02T10:00:00.000Z'))
  const text = readFileSync(deletionsPath(place.database), 'utf8')
  expect(text.split('\n')).toHaveLength(4)
  expect(text).not.toContain(one)
  expect(text).not.toContain(readFileSync(deletionsKeyPath(place.database), 'utf8').trim())
  for (const file of [deletionsKeyPath(place.database), deletionsPath(place.database)]) expect(statSync(file).mode & 0o777).toBe(0o600)
  const deletions = readDeletions(place.database)!
  expect([deletions.lastOf(one!), deletions.lastOf('5')]).toEqual([Date.parse('2026-03-02T10:00:00.000Z'), null])
})

test('who had left before the backup, or came back since, stays', async () => {
  using place = placeWith(base)
  const [one, two] = idsIn(place.database)
  recordDeletion(place.database, one!, Date.parse('2026-03-01T10:00:00.000Z'))
  recordDeletion(place.database, two!, Date.parse('2026-03-02T02:59:00.000Z'))
  execute(place.database, `UPDATE users SET created_at = '2026-03-02T02:59:30.000+00:00' WHERE user_id = ${two!}`)
  await backup(place.input, { type: 'daily', compress: false })
  expect(await restoreIn(place)).toMatchObject({ exitCode: 0, forgotten: 0 })
  expect(idsIn(place.database)).toEqual(expect.arrayContaining([one, two]))
})

test('half a line of a killed process spoils no other', () => {
  using place = placeWith(base)
  recordDeletion(place.database, '1', 1000)
  appendFileSync(deletionsPath(place.database), '{"at":"20')
  recordDeletion(place.database, '2', 2000)
  const deletions = readDeletions(place.database)!
  expect([deletions.lastOf('1'), deletions.lastOf('2'), deletions.unreadable]).toEqual([1000, 2000, 0])
})

test('a lost key refuses the restore, unless it is wanted without', async () => {
  using place = placeWith(base)
  const [one] = idsIn(place.database)
  await backup(place.input, { type: 'daily', compress: false })
  askToBeDeleted(place.database, one!, '2026-03-02T10:00:00.000Z')
  rmSync(deletionsKeyPath(place.database))
  expect(await restoreIn(place)).toMatchObject({ exitCode: 3, error: { code: 'DELETIONS_UNREADABLE' } })
  expect(idsIn(place.database)).not.toContain(one)
  // The bot goes on with a new key; what the old one hides stays hidden.
  recordDeletion(place.database, '5', 5000)
  expect(readDeletions(place.database)).toMatchObject({ unreadable: 1, last: 5000 })
  expect(await restoreIn(place, true)).toMatchObject({ exitCode: 0, forgotten: 0 })
  expect(idsIn(place.database)).toContain(one)
})

test('a backup of the older system is cleaned as well', async () => {
  using folder = scratchFolder()
  using place = placeOf(folder, createLegacyDatabase(folder.file('trivia.db')).path, '2026-03-02T03:00:00.000Z')
  const [one] = idsIn(place.database)
  await backup(place.input, { type: 'daily', compress: false })
  recordDeletion(place.database, one!, Date.parse('2026-03-02T10:00:00.000Z'))
  expect(await restoreIn(place)).toMatchObject({ exitCode: 0, forgotten: 1 })
  expect(idsIn(place.database)).not.toContain(one)
})
