import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createLegacyDatabase, readerFingerprint, runMigrator, scratchFolder, startMigrator, startOpenTransaction, startReader, startWriter } from '../src/index.ts'

test('a writer counts the writes that were acknowledged', async () => {
  using folder = scratchFolder()
  const { path, playerIds: [player = 0n] } = createLegacyDatabase(folder.file('trivia.db'))
  const points = (): number => {
    const connection = new Sqlite(path, { readonly: true })
    try {
      return connection.prepare('SELECT total_points FROM users WHERE user_id = ?').pluck().get(player) as number
    } finally {
      connection.close()
    }
  }
  const before = points()
  await using writer = await startWriter(path, player, { everyMs: 10 })
  await sleep(200)
  const { acknowledged, errors } = await writer.stop()
  expect(errors).toEqual([])
  expect(acknowledged).toBeGreaterThan(3)
  expect(points()).toBe(before + acknowledged)
})

test('a reader tells what it saw', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  const before = readerFingerprint(path)
  await using reader = await startReader(path)
  while ((await reader.look()).reads === 0) await sleep(5)
  const connection = new Sqlite(path)
  connection.exec('DELETE FROM user_achievements')
  connection.close()
  const { reads } = await reader.look()
  while ((await reader.look()).reads < reads + 2) await sleep(5)
  const report = await reader.stop()
  expect(report).toMatchObject({ inconsistent: 0, errors: [] })
  expect(report.seen).toEqual([before, readerFingerprint(path)])
})

test('an open transaction keeps writers out until it ends', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  const write = (): void => {
    const connection = new Sqlite(path, { timeout: 0 })
    try {
      connection.exec('UPDATE users SET best_streak = 0')
    } finally {
      connection.close()
    }
  }
  const transaction = await startOpenTransaction(path)
  expect(write).toThrow('locked')
  await transaction.stop()
  expect(write).not.toThrow()
})

test('the migrator runs in an environment of its own', async () => {
  using folder = scratchFolder()
  process.env.DATABASE_PATH = folder.file('wrong.db')
  try {
    const run = await runMigrator(['status', '--json', '--database', folder.file('none.db')])
    expect(run.json()).toBeTypeOf('object')
    expect(existsSync(folder.file('wrong.db'))).toBe(false)
  } finally {
    delete process.env.DATABASE_PATH
  }
})

test('a migrator that was started can be watched and killed', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  await using migrator = startMigrator(['deploy', '--verbose', '--database', path])
  await migrator.waitFor(/^✔ snapshot/m)
  await migrator.kill()
  expect((await migrator.done).exitCode).toBeNull()
})
