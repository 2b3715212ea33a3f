import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import {
  databaseHash, readerFingerprint, runMigrator, type ScratchFolder, scratchFolder, startMigrator, startOpenTransaction, startReader, startWriter, volatileColumns,
} from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { contentOf, expectNextDeployFinishes, expectTidy } from './expectations.ts'
import { isFull, type JournalMode, journalModes, placeDatabase } from './ground.ts'
import { publishCandidate } from './publish-candidate.ts'

const ground = inject('ground')
const writerModes = isFull ? journalModes : (['wal'] as const)

function place(folder: ScratchFolder, mode: JournalMode): { database: string; player: bigint; points: () => number } {
  const database = placeDatabase(ground, folder.file('data'), mode)
  const ask = (sql: string): bigint => {
    const connection = new Sqlite(database)
    try {
      connection.defaultSafeIntegers(true)
      return connection.prepare(sql).pluck().get() as bigint
    } finally {
      connection.close()
    }
  }
  const player = ask('SELECT min(user_id) FROM users')
  return { database, player, points: () => Number(ask(`SELECT total_points FROM users WHERE user_id = ${player}`)) }
}

describe.each(writerModes)('a writer, every 100 ms, in %s mode', (mode) => {
  test('loses nothing, and is held back in the end', async () => {
    using folder = scratchFolder('trivia-chaos-')
    const { database, player, points } = place(folder, mode)
    const before = points()
    await using writer = await startWriter(database, player)
    const run = await runMigrator(['deploy', '--json', '--database', database])
    await sleep(300)
    const { acknowledged, errors, longestMs } = await writer.stop()
    const result = run.deployJson()
    expect(run.exitCode, run.stdout).toBe(0)
    expect(result.outcome).toBe('deployed')
    expect(result.rounds).toBeGreaterThan(1)
    expect(result.notes.join('\n')).toMatch(/writers had to wait/)
    expect(errors).toEqual([])
    expect(acknowledged).toBeGreaterThan(10)
    expect(points()).toBe(before + acknowledged)
    expectTidy(database)
    console.log(`${mode}: ${result.rounds} rounds, ${acknowledged} writes, the longest took ${Math.round(longestMs)} ms`)
  })
})

test('a writer that may not be held back makes the publish refuse', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database, player, points } = place(folder, 'wal')
  const before = points()
  await using writer = await startWriter(database, player, { everyMs: 5 })
  const { exitCode, result, stderr } = await publishCandidate(database, ground.candidate, { MAX_HOLD: '0' })
  const { acknowledged, errors } = await writer.stop()
  expect(exitCode, stderr).toBe(3)
  expect(result).toMatchObject({ outcome: 'refused', rounds: 4, error: { code: 'HOLD_TOO_LONG' } })
  expect(errors).toEqual([])
  expect(points()).toBe(before + acknowledged)
  expectTidy(database)
})

test.runIf(isFull)('a writer that may not be held back makes the deploy refuse', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database, player, points } = place(folder, 'wal')
  const before = points()
  await using writer = await startWriter(database, player)
  const run = await runMigrator(['deploy', '--json', '--max-hold', '0', '--database', database])
  const { acknowledged, errors } = await writer.stop()
  expect(run.exitCode, run.stdout).toBe(3)
  expect(run.deployJson()).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'HOLD_TOO_LONG' }, backups: { pre: null } })
  expect(errors).toEqual([])
  expect(points()).toBe(before + acknowledged)
  expect(readerFingerprint(database)).not.toContain('_prisma_migrations')
  expectTidy(database)
})

describe.each(isFull ? journalModes : (['wal'] as const))('readers in %s mode', (mode) => {
  test('who read all the time see the old or the new content, and no error', async () => {
    using folder = scratchFolder('trivia-chaos-')
    const { database } = place(folder, mode)
    const before = readerFingerprint(database)
    // In DELETE mode they wait for the publish.
    await using reader = await startReader(database, mode === 'wal' ? 0 : 20_000)
    const run = await runMigrator(['deploy', '--json', '--database', database])
    await sleep(200)
    const report = await reader.stop()
    expect(run.exitCode, run.stdout).toBe(0)
    expect(report).toMatchObject({ inconsistent: 0, errors: [] })
    expect(report.seen).toEqual([before, readerFingerprint(database)])
    expect(contentOf(database, ground)).toBe('new')
    console.log(`${mode}: ${report.reads} reads, the longest took ${Math.round(report.longestMs)} ms`)
  })
})

test.runIf(isFull)('an open read transaction in WAL mode is not in the way, and keeps its view', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database } = place(folder, 'wal')
  await using reader = await startOpenTransaction(database)
  const run = await runMigrator(['deploy', '--json', '--database', database])
  expect(run.exitCode, run.stdout).toBe(0)
  const { players, playersNow } = await reader.stop()
  expect(playersNow).toBe(players)
  expect(contentOf(database, ground)).toBe('new')
})

test('an open read transaction in DELETE mode is waited for, not for ever', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database } = place(folder, 'delete')
  await using reader = await startOpenTransaction(database)
  const start = performance.now()
  const run = await runMigrator(['deploy', '--json', '--database', database])
  const seconds = (performance.now() - start) / 1000
  await reader.stop()
  expect(run.exitCode, run.stdout).toBe(3)
  expect(run.deployJson()).toMatchObject({ outcome: 'refused', error: { code: 'LIVE_BLOCKED' } })
  expect(seconds).toBeLessThan(60)
  expect(contentOf(database, ground)).toBe('old')
  expectTidy(database)
  if (isFull) await expectNextDeployFinishes(database, ground)
})

test('of two deploys at once, one does it and the other says who does', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database } = place(folder, 'wal')
  await using first = startMigrator(['deploy', '--json', '--verbose', '--database', database])
  await first.waitFor(/^✔ lock/m)
  const second = await runMigrator(['deploy', '--json', '--database', database])
  expect(second.exitCode, second.stdout).toBe(3)
  const { error } = second.deployJson()
  expect(error?.code).toBe('DEPLOY_RUNNING')
  expect(error?.why).toContain(`Process ${first.pid} `)
  expect((await first.done).exitCode).toBe(0)
  expect(contentOf(database, ground)).toBe('new')
  expectTidy(database)
})

test('two deploys that start in the same moment', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database } = place(folder, 'delete')
  const runs = await Promise.all([0, 1].map(() => runMigrator(['deploy', '--json', '--database', database])))
  const outcomes = runs.map((run) => `${run.exitCode} ${run.deployJson().error?.code ?? run.deployJson().outcome}`).sort()
  expect([['0 deployed', '3 DEPLOY_RUNNING'], ['0 deployed', '0 up-to-date']]).toContainEqual(outcomes)
  expect(contentOf(database, ground)).toBe('new')
  expectTidy(database)
})

test('a lock does not outlive a kill', async () => {
  using folder = scratchFolder('trivia-chaos-')
  const { database } = place(folder, 'wal')
  const before = databaseHash(database, { ignore: volatileColumns })
  await using killed = startMigrator(['deploy', '--verbose', '--database', database])
  await killed.waitFor(/^✔ lock/m)
  await killed.kill()
  expect(databaseHash(database, { ignore: volatileColumns, recover: true })).toBe(before)
  await using next = startMigrator(['deploy', '--verbose', '--database', database])
  await next.waitFor(/^✔ lock/m)
  if (isFull) expect((await next.done).exitCode).toBe(0)
})
