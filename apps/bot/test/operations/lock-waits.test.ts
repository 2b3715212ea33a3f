import { type ScratchFolder, scratchFolder, startOpenTransaction } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { type LockWait, openStore, type Store } from '../../src/store/index.ts'
import { createDatabase, questions } from '../bot-on-sandbox.ts'

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const shards = { count: 1, ids: [0] }
const write = (store: Store): Promise<unknown> => store.call('takeOver', shards)

function scene(folder: ScratchFolder, writePatienceMs: number): { path: string; store: Store; waits: LockWait[] } {
  const path = folder.file('trivia.db')
  createDatabase(path, questions(1))
  const waits: LockWait[] = []
  return { path, waits, store: openStore({ path, now: () => Date.now(), writePatienceMs, onLockWait: (wait) => waits.push(wait) }) }
}

test('writes that nobody keeps waiting tell of no wait; a long one is told twice', async () => {
  using folder = scratchFolder()
  const { path, store, waits } = scene(folder, 20_000)
  await write(store)
  expect(waits.filter(({ ms }) => ms > 1_000)).toEqual([])
  waits.length = 0
  const holder = await startOpenTransaction(path, 'immediate')
  const written = write(store)
  await sleep(2_500)
  await holder.stop()
  await written
  expect(waits.map(({ over }) => over)).toEqual([false, true])
  expect(waits[1]?.ms).toBeGreaterThan(2_300)
  expect(waits[1]?.since).toBe(waits[0]?.since)
  await store.close()
})

test('a wait that is given up ends with it, not with the next write hours later', async () => {
  using folder = scratchFolder()
  const { path, store, waits } = scene(folder, 300)
  const holder = await startOpenTransaction(path, 'immediate')
  await expect(write(store)).rejects.toMatchObject({ busy: true })
  await holder.stop()
  await sleep(3_000)
  await write(store)
  await store.close()
  expect(waits).toHaveLength(1)
  expect(waits[0]?.ms).toBeLessThan(3_000)
})

test('without a write-ahead log a reader keeps the commit waiting, which is a wait, too', async () => {
  using folder = scratchFolder()
  const { path, store, waits } = scene(folder, 20_000)
  const database = new Sqlite(path)
  database.pragma('journal_mode = DELETE')
  await write(store)
  database.exec("INSERT INTO users (user_id) VALUES (5); INSERT INTO game_sessions (channel_id, user_id) VALUES (1, 5)")
  const reader = new Sqlite(path, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM users')
  reader.prepare('SELECT count(*) FROM users').get()
  const written = write(store)
  await sleep(1_000)
  reader.exec('COMMIT')
  await written
  expect(waits).toHaveLength(1)
  expect(waits[0]?.ms).toBeGreaterThan(500)
  for (const each of [reader, database]) each.close()
  await store.close()
})

test('what is asked of a store that has given up is refused at once, and it closes', async () => {
  using folder = scratchFolder()
  const { path, store } = scene(folder, 20_000)
  const holder = await startOpenTransaction(path, 'immediate')
  const refused = expect(write(store)).rejects.toMatchObject({ busy: true })
  await sleep(300)
  store.giveUp()
  await refused
  await expect(write(store)).rejects.toMatchObject({ busy: true })
  await store.close()
  await holder.stop()
})
