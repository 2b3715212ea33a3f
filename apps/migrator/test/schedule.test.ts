import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ScratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listBackups } from '../src/backups/store.ts'
import { takeTurn } from '../src/backups/turn.ts'
import { backupPrune } from '../src/commands/backup-prune.ts'
import { restore } from '../src/commands/restore.ts'
import { scheduleRun } from '../src/commands/schedule-run.ts'
import { DeployLock } from '../src/sqlite/deploy-lock.ts'
import { documentOf, makeBase, type Place, placeWith } from './backing-up.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = await makeBase()
})
afterAll(() => base.remove())

interface Job {
  readonly job: string
  readonly done: boolean
  readonly why: string
  readonly ok: boolean
  readonly results: readonly string[]
  readonly error: { code: string } | null
}

interface Run {
  readonly exitCode: number
  readonly busy: boolean
  readonly jobs: readonly Job[]
  readonly error: { code: string; details?: readonly string[] } | null
}

const run = (place: Place): Promise<Run> => documentOf<Run>(scheduleRun(place.input, {}))
const doneBy = ({ jobs }: Run): string[] => jobs.filter((each) => each.done).map((each) => each.job)
const jobOf = ({ jobs }: Run, name: string): Job => jobs.find((each) => each.job === name)!
const namesIn = (folder: string): string[] => listBackups(folder).map((backup) => backup.name.replace(/^trivia_|T.*$/g, ''))

test('a month of backups: made, tried out, copied and removed by the clock, and nothing twice', async () => {
  using place = placeWith(base)
  const second = place.folder.file('second')
  mkdirSync(second)
  Object.assign(place.env, { BACKUP_COPY_DIR: second, BACKUP_COPY_KEEP: '1', BACKUP_COPY_KEEP_DAYS: '0', BACKUP_COPY_KEEP_DAILY: '0', BACKUP_COPY_KEEP_WEEKLY: '3', BACKUP_COPY_KEEP_MONTHLY: '12' })
  const made: Record<string, number> = {}
  // From Monday, 2026-03-02: 35 days, twice a day; the machine is off from the 16th to the 18th.
  for (let half = 0; half < 70; half++) {
    const time = new Date(Date.UTC(2026, 2, 2, 3) + half * 12 * 60 * 60 * 1000).toISOString()
    if (['2026-03-16', '2026-03-17', '2026-03-18'].includes(time.slice(0, 10))) continue
    place.moveTo(time)
    const result = await run(place)
    expect(result, time).toMatchObject({ exitCode: 0, error: null })
    if (time.slice(11, 13) === '15') expect(doneBy(result), time).toEqual([])
    for (const job of doneBy(result)) made[job] = (made[job] ?? 0) + 1
  }
  // Five weeks; 35 days without the three. The week of the 16th got its weekly one and its drill on the 19th.
  expect(made).toMatchObject({ daily: 32, weekly: 5, drill: 5, copy: 32 })

  expect(namesIn(place.backupDir)).toEqual([
    'daily_20260405', 'daily_20260404', 'daily_20260403', 'daily_20260402', 'daily_20260401', 'daily_20260331', 'weekly_20260330',
    'daily_20260329', 'weekly_20260323', 'daily_20260322', 'weekly_20260319', 'daily_20260315', 'daily_20260308',
  ])
  const { kept, deleted, why } = await documentOf<{ kept: string[]; deleted: string[]; why: Record<string, string[]> }>(backupPrune(place.input, { dryRun: true }))
  expect(deleted).toEqual([])
  for (const path of kept) expect(why[path]).not.toEqual([])
  expect(namesIn(second)).toEqual(['daily_20260405', 'daily_20260331', 'weekly_20260330', 'daily_20260329', 'daily_20260322'])
  expect(readdirSync(place.backupDir).filter((name) => name.includes('partial'))).toEqual([])
}, 300_000)

test('several at once do it once', async () => {
  using place = placeWith(base)
  const start = (): Promise<[number | null, string]> => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'backups.script.ts'), 'schedule', place.database, '2026-03-02T03:00:00.000Z'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    return once(child, 'close').then(([code]) => [code as number | null, output])
  }
  const runs = await Promise.all([start(), start(), start()])
  expect(runs.map(([code]) => code)).toEqual([0, 0, 0])
  expect(namesIn(place.backupDir).sort()).toEqual(['daily_20260302', 'weekly_20260302'])
  const documents = runs.map(([, output]) => JSON.parse(output) as Run)
  expect(documents.flatMap(doneBy).sort()).toEqual(['daily', 'drill', 'weekly'])

  const file = readdirSync(place.backupDir).find((name) => name.startsWith('.schedule-'))!
  const giveBack = takeTurn(join(place.backupDir, file), { mode: 0o600, uid: null, gid: null })
  place.moveTo('2026-03-03T03:00:00.000Z')
  expect(await run(place)).toMatchObject({ exitCode: 0, busy: true, jobs: [] })
  giveBack!()
  expect(doneBy(await run(place))).toEqual(['daily'])
})

test('one job that fails does not keep the others from theirs', async () => {
  using place = placeWith(base)
  place.env.BACKUP_COPY_DIR = place.folder.file('not-mounted')
  const first = await run(place)
  expect(first).toMatchObject({ exitCode: 5, error: { code: 'COPY_FAILED' } })
  expect(doneBy(first)).toEqual(['weekly', 'daily', 'drill'])
  // The disk comes: what is missing there is copied, and afterwards nothing is.
  mkdirSync(place.folder.file('not-mounted'))
  place.moveTo('2026-03-02T04:00:00.000Z')
  const second = await run(place)
  expect(second).toMatchObject({ exitCode: 0 })
  expect(jobOf(second, 'copy')).toMatchObject({ done: true, results: { length: 3 } })
  expect(namesIn(place.folder.file('not-mounted'))).toEqual(namesIn(place.backupDir))
  expect(doneBy(await run(place))).toEqual([])
  // It goes again, and leaves an empty mount point: nothing is written there.
  renameSync(place.folder.file('not-mounted'), place.folder.file('away'))
  mkdirSync(place.folder.file('not-mounted'))
  place.moveTo('2026-03-03T03:00:00.000Z')
  const third = await run(place)
  expect(jobOf(third, 'copy')).toMatchObject({ ok: false, error: { code: 'COPY_FAILED', why: expect.stringContaining('not mounted') as string } })
  expect(doneBy(third)).toEqual(['daily'])
  expect(readdirSync(place.folder.file('not-mounted'))).toEqual([])
  rmSync(place.folder.file('not-mounted'), { recursive: true })
  renameSync(place.folder.file('away'), place.folder.file('not-mounted'))
  expect(jobOf(await run(place), 'copy').results).toEqual([expect.stringContaining('trivia_daily_20260303')])
})

test('a damaged database: said each day, and the good backups stay', async () => {
  using place = placeWith(base)
  expect((await run(place)).exitCode).toBe(0)
  damageIndex(place.database)
  place.moveTo('2026-03-03T03:00:00.000Z')
  const result = await run(place)
  expect(jobOf(result, 'daily')).toMatchObject({ done: true, ok: false, error: { code: 'DATABASE_CORRUPT' } })
  expect(result.exitCode).toBe(3)
  expect(doneBy(await run(place))).toEqual([])
  for (const day of ['09', '16', '23']) {
    place.moveTo(`2026-03-${day}T03:00:00.000Z`)
    expect((await run(place)).exitCode).toBe(3)
  }
  // The newest one of before is still there, and so is what is not of any use but young.
  expect(namesIn(place.backupDir)).toEqual(expect.arrayContaining(['weekly_20260302', 'daily_20260302', 'daily_20260323']))
  expect((await documentOf<{ path: string; error: unknown }>(restore(place.input, { file: undefined, latest: true })))).toMatchObject({ exitCode: 0, restored: expect.stringContaining('20260302') as string })
})

/** An index whose definition is another now: its rows are in the wrong order, which integrity_check finds. */
function damageIndex(database: string): void {
  const connection = new Sqlite(database)
  connection.unsafeMode(true)
  connection.pragma('writable_schema = ON')
  connection.exec("UPDATE sqlite_schema SET sql = replace(sql, '(total_points', '(questions_correct') WHERE name = 'idx_users_total_points'")
  connection.close()
}

test('while a deploy runs it makes backups, and removes none', async () => {
  using place = placeWith(base)
  Object.assign(place.env, { BACKUP_KEEP: '1', BACKUP_KEEP_DAYS: '0', BACKUP_KEEP_DAILY: '1', BACKUP_KEEP_WEEKLY: '0', BACKUP_KEEP_MONTHLY: '0', BACKUP_COMPRESS: 'zstd' })
  for (const day of ['02', '03', '04']) {
    place.moveTo(`2026-03-${day}T03:00:00.000Z`)
    expect((await run(place)).exitCode).toBe(0)
  }
  expect(namesIn(place.backupDir)).toEqual(['daily_20260304', 'weekly_20260302'])
  place.moveTo('2026-03-05T03:00:00.000Z')
  const lock = DeployLock.acquire(place.database, { pid: 1, host: 'here', command: 'migrator deploy', since: '' }, { mode: 0o600, uid: null, gid: null })
  const result = await run(place).finally(() => lock.release())
  expect(result.exitCode).toBe(0)
  expect(doneBy(result)).toEqual(['daily'])
  expect(jobOf(result, 'prune').why).toContain('a deploy is running')
  expect(doneBy(await run(place))).toEqual(['prune'])
  expect(statSync(listBackups(place.backupDir)[0]!.path).size).toBeLessThan(100_000)
})
