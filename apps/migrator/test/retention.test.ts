import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { scratchFolder, seededRandom } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { type Manifest, manifestPath } from '../src/backups/manifest.ts'
import { type Backup, listBackups } from '../src/backups/store.ts'
import { backupTypes } from '../src/backups/types.ts'
import { backupPrune } from '../src/commands/backup-prune.ts'
import { workFolder } from '../src/pipeline/journal.ts'
import { renderReport } from '../src/reports/html/page.ts'
import { writeReport } from '../src/reports/store.ts'
import { decide, type Facts } from '../src/retention/decide.ts'
import { copyRulesFrom, defaultRules, type Rules, rulesFrom } from '../src/retention/rules.ts'
import { DeployLock } from '../src/sqlite/deploy-lock.ts'
import { documentOf, type Place, placeOf } from './backing-up.ts'
import { fineDeploy } from './report-documents.ts'

const DATABASE = '/srv/trivia.db'
const DAY_MS = 24 * 60 * 60 * 1000
const nothing: Rules = { last: 0, days: 0, daily: 0, weekly: 0, monthly: 0, deployHours: 24 }

function manifestOf(type: Manifest['type'], createdAt: string, change: Partial<Manifest> = {}): Manifest {
  return { format: 1, type, createdAt, database: DATABASE, sha256: '0'.repeat(64), bytes: 1, schemaVersion: 1, migrations: [], rows: {}, figures: {}, integrity: { ok: true, problems: [] }, ...change }
}

function backupOf(type: Manifest['type'], createdAt: string, change: Partial<Manifest> = {}): Backup {
  const name = `trivia_${type}_${createdAt.replaceAll(/[-:.]/g, '')}.db`
  return { path: `/srv/backups/${name}`, name, type, createdAt, manifest: manifestOf(type, createdAt, change) }
}

function factsAt(now: string, change: Partial<Facts> = {}): Facts {
  return { now: new Date(now), database: DATABASE, lastChange: null, unfinished: [], ...change }
}

const daysOf = (backups: readonly { backup: Backup }[]): string[] => backups.map(({ backup }) => backup.createdAt.slice(0, 10))

test('of a year of daily backups stay: days, ISO weeks, months, each with its reasons', () => {
  // From 2025-01-01 to 2025-12-31, a Wednesday: its ISO week belongs to 2026.
  const year = Array.from({ length: 365 }, (_, day) => backupOf('daily', new Date(Date.UTC(2025, 0, 1 + day, 3)).toISOString()))
  const plan = decide(year, { ...nothing, daily: 7, weekly: 5, monthly: 12 }, factsAt('2025-12-31T12:00:00.000Z'))
  expect(daysOf(plan.keep)).toEqual([
    '2025-12-31', '2025-12-30', '2025-12-29', '2025-12-28', '2025-12-27', '2025-12-26', '2025-12-25',
    '2025-12-21', '2025-12-14', '2025-12-07', '2025-11-30', '2025-10-31', '2025-09-30', '2025-08-31', '2025-07-31', '2025-06-30', '2025-05-31', '2025-04-30', '2025-03-31', '2025-02-28', '2025-01-31',
  ])
  expect(plan.keep.length + plan.delete.length).toBe(365)
  expect(plan.keep[0]?.because).toEqual(['the newest of type daily', 'the last of the day 2025-12-31', 'the last of the week 2026-W01', 'the last of the month 2025-12'])
  expect(plan.keep.at(-1)?.because).toEqual(['the last of the month 2025-01'])
  // Days without a backup do not count: after half a year of silence the old ones are still there.
  expect(decide(year, { ...nothing, daily: 7, weekly: 5, monthly: 12 }, factsAt('2026-06-30T12:00:00.000Z')).keep).toEqual(plan.keep)
  expect(daysOf(decide(year, { ...nothing, days: 2 }, factsAt('2025-12-31T12:00:00.000Z')).keep)).toEqual(['2025-12-31', '2025-12-30'])
})

test('what may never go stays without any rule', () => {
  const now = '2026-03-10T12:00:00.000Z'
  const verified = backupOf('daily', '2026-03-01T03:00:00.000Z', { checks: { verify: { at: now, ok: true } } })
  const drilled = backupOf('daily', '2026-03-02T03:00:00.000Z', { checks: { drill: { at: now, ok: true } } })
  const before = backupOf('pre_migration', '2026-03-05T03:00:00.000Z')
  const killed = backupOf('pre_migration', '2026-03-04T03:00:00.000Z')
  const plain = backupOf('daily', '2026-03-03T03:00:00.000Z')
  const rotten = backupOf('daily', '2026-03-08T03:00:00.000Z', { checks: { verify: { at: now, ok: false } } })
  const rottenLongAgo = backupOf('daily', '2026-01-08T03:00:00.000Z', { integrity: { ok: false, problems: ['page 3'] } })
  const newest = backupOf('daily', '2026-03-07T03:00:00.000Z')
  const foreign = backupOf('daily', '2026-03-09T03:00:00.000Z', { database: '/srv/other.db' })
  const unfinished: Backup = { ...backupOf('daily', '2026-03-09T04:00:00.000Z'), manifest: null }
  const all = [verified, drilled, before, killed, plain, rotten, rottenLongAgo, newest, foreign, unfinished]

  const plan = decide(all, nothing, factsAt(now, { unfinished: [killed.name] }))
  const kept = plan.keep.map(({ backup, because }) => [backup, because])
  expect(kept).toEqual([
    // A damaged one does not take the place of a good one.
    [rotten, [expect.stringContaining('damaged, kept for 14 days'), expect.stringContaining('no newer one that is good')]],
    [newest, ['the newest of type daily']],
    [before, ['the newest of type pre_migration']],
    [killed, ['a deploy that did not end needs it']],
    [drilled, ['the newest that a drill brought back']],
    [verified, ['the newest that was verified']],
  ])
  expect(plan.delete.map((each) => each.backup)).toEqual([plain, rottenLongAgo])
  expect(plan.leftAlone).toEqual([
    { backup: unfinished, why: 'unknown: its manifest is missing or cannot be read' },
    { backup: foreign, why: 'of another database, /srv/other.db' },
  ])

  const fresh = decide(all, nothing, factsAt(now, { lastChange: { by: 'deploy', at: '2026-03-09T20:00:00.000Z' } }))
  expect(fresh.delete).toEqual([])
  expect(decide(all, nothing, factsAt(now, { lastChange: { by: 'deploy', at: '2026-03-09T11:59:00.000Z' } })).delete).toHaveLength(3)
})

test('whatever the rules are: the newest verified one, the newest good one and everything strange survive', () => {
  const random = seededRandom(20260302)
  for (let round = 0; round < 300; round++) {
    const backups = Array.from({ length: random.integer(0, 60) }, (): Backup => {
      const time = new Date(Date.UTC(2026, 0, 1) + random.integer(0, 400) * DAY_MS / 3).toISOString()
      const backup = backupOf(random.pick(backupTypes), time, {
        integrity: { ok: random.chance(0.9), problems: [] },
        ...(random.chance(0.1) ? { database: '/srv/other.db' } : {}),
        ...(random.chance(0.2) ? { checks: { verify: { at: time, ok: random.chance(0.8) } } } : {}),
      })
      return random.chance(0.05) ? { ...backup, manifest: null } : backup
    })
    const rules: Rules = { last: random.integer(0, 3), days: random.integer(0, 5), daily: random.integer(0, 5), weekly: random.integer(0, 3), monthly: random.integer(0, 3), deployHours: 24 }
    const { keep, delete: doomed, leftAlone } = decide(backups, rules, factsAt('2026-05-01T00:00:00.000Z'))
    expect(keep.length + doomed.length + leftAlone.length).toBe(backups.length)
    const good = (backup: Backup): boolean => backup.manifest?.integrity.ok === true && backup.manifest.checks?.verify?.ok !== false
    const verified = (backup: Backup): boolean => good(backup) && backup.manifest?.checks?.verify?.ok === true
    for (const fits of [good, verified]) {
      const lost = doomed.map((each) => each.backup).filter(fits)
      if (lost.length > 0) expect(keep.some(({ backup }) => fits(backup) && lost.every((other) => backup.createdAt >= other.createdAt))).toBe(true)
    }
    expect(doomed.every(({ backup }) => backup.manifest?.database === DATABASE)).toBe(true)
  }
})

test('rules come from flags, or else from the environment, or else from the defaults', () => {
  expect(rulesFrom({}, {})).toEqual(defaultRules)
  expect(rulesFrom({}, { BACKUP_KEEP: '5', BACKUP_KEEP_MONTHLY: '36', BACKUP_KEEP_DAILY: '' })).toEqual({ ...defaultRules, last: 5, monthly: 36 })
  expect(rulesFrom({ keep: '2' }, { BACKUP_KEEP_MONTHLY: '36' })).toEqual({ ...nothing, last: 2 })
  expect(rulesFrom({ keepDaily: '1', keepDays: '9' }, { BACKUP_KEEP_DEPLOY_HOURS: '72' })).toEqual({ ...nothing, daily: 1, days: 9, deployHours: 72 })
  expect(copyRulesFrom({ BACKUP_KEEP: '1', BACKUP_COPY_KEEP: '9' })).toEqual({ ...defaultRules, last: 9 })
  for (const wrong of ['-1', '1.5', 'many', '1e3', ' ', '999999']) expect(() => rulesFrom({ keep: wrong }, {}), wrong).toThrow(/--keep is/)
  expect(() => rulesFrom({}, { BACKUP_KEEP_WEEKLY: 'x' })).toThrow(/BACKUP_KEEP_WEEKLY is "x"/)
})

/** Puts files with manifests into the folder, as backups would be there. */
function fill(place: Place, backups: readonly Backup[]): void {
  mkdirSync(place.backupDir, { recursive: true })
  for (const { name, manifest } of backups) {
    const path = join(place.backupDir, name)
    writeFileSync(path, name)
    if (manifest !== null) writeFileSync(manifestPath(path), JSON.stringify({ ...manifest, database: place.database }))
  }
}

function emptyPlace(time: string): Place {
  const folder = scratchFolder()
  writeFileSync(folder.file('trivia.db'), '')
  return placeOf(folder, folder.file('trivia.db'), time)
}

const hours = (from: string, count: number): string[] => Array.from({ length: count }, (_, hour) => new Date(Date.parse(from) + hour * 60 * 60 * 1000).toISOString())

interface Pruned {
  readonly exitCode: number
  readonly kept: readonly string[]
  readonly deleted: readonly string[]
  readonly why: Readonly<Record<string, readonly string[]>>
  readonly leftAlone: readonly { path: string }[]
  readonly copies: { kept: readonly string[]; deleted: readonly string[] } | null
  readonly error: { code: string } | null
}

test('prune --keep 2: the last two of each type; with --dry-run all stay', async () => {
  using place = emptyPlace('2026-03-10T00:00:00.000Z')
  const daily = hours('2026-03-01T00:00:00.000Z', 5).map((time) => backupOf('daily', time))
  const manual = hours('2026-03-02T00:00:00.000Z', 3).map((time) => backupOf('manual', time))
  fill(place, [...daily, ...manual])
  writeFileSync(join(place.backupDir, 'trivia_daily_20260228T000000000Z.db'), 'killed before its manifest')
  writeFileSync(join(place.backupDir, 'holiday.jpg'), 'somebody keeps this here')
  const before = readdirSync(place.backupDir)
  const paths = (backups: readonly Backup[]): string[] => backups.map((backup) => join(place.backupDir, backup.name))

  const dry = await documentOf<Pruned>(backupPrune(place.input, { keep: '2', dryRun: true }))
  expect(dry).toMatchObject({ exitCode: 0, kept: paths([...manual.slice(1).reverse(), ...daily.slice(3).reverse()]), error: null })
  expect([...dry.deleted].sort()).toEqual(paths([...daily.slice(0, 3), ...manual.slice(0, 1)]).sort())
  expect(dry.why[dry.kept[0]!]).toContain('one of the last 2 of type manual')
  expect(dry.leftAlone).toHaveLength(1)
  expect(readdirSync(place.backupDir)).toEqual(before)

  const done = await documentOf<Pruned>(backupPrune(place.input, { keep: '2' }))
  expect(done).toEqual({ ...dry, dryRun: false })
  expect(readdirSync(place.backupDir).sort()).toEqual([...dry.kept.flatMap((path) => [path, `${path}.json`]).map((path) => path.slice(place.backupDir.length + 1)), 'holiday.jpg', 'trivia_daily_20260228T000000000Z.db'].sort())
  expect((await backupPrune(place.input, { dryRun: true })).text).toMatch(/trivia_daily_20260228T000000000Z\.db +left alone +unknown/)
  expect(await documentOf(backupPrune(place.input, { keep: '-2' }))).toMatchObject({ exitCode: 2, error: { code: 'WRONG_USAGE' } })
})

test('right after a deploy or an archiving nothing from before it goes, nor what an unfinished one needs', async () => {
  using place = emptyPlace('2026-03-10T00:00:00.000Z')
  fill(place, hours('2026-03-01T00:00:00.000Z', 5).map((time) => backupOf('pre_migration', time)))
  const deployed = fineDeploy(place.database, '2026-03-09T12:00:00.000Z')
  writeReport(deployed, renderReport(deployed))
  expect((await documentOf<Pruned>(backupPrune(place.input, { keep: '1' }))).deleted).toEqual([])

  place.moveTo('2026-03-10T12:00:09.000Z')
  const rehearsed = { ...fineDeploy(place.database, '2026-03-10T11:00:00.000Z'), command: 'rehearse', outcome: 'rehearsed' } as const
  const archived = { ...fineDeploy(place.database, '2026-03-10T10:00:00.000Z'), command: 'archive', outcome: 'archived' } as const
  const report = writeReport(archived, renderReport(archived))
  const told = await documentOf<Pruned>(backupPrune(place.input, { keep: '1' }))
  expect(told.deleted).toEqual([])
  expect(told.why[told.kept[0]!]).toContainEqual(expect.stringContaining('from before the archiving of 2026-03-10T10:00'))
  for (const path of Object.values(report)) rmSync(path)
  writeReport(rehearsed, renderReport(rehearsed))

  const workDir = workFolder(place.input.settings)
  mkdirSync(workDir)
  writeFileSync(join(workDir, 'journal.json'), JSON.stringify({ startedAt: '', preBackup: join(place.backupDir, 'trivia_pre_migration_20260301T010000000Z.db'), publishing: null }))
  const { deleted, why } = await documentOf<Pruned>(backupPrune(place.input, { keep: '1' }))
  expect(deleted).toHaveLength(3)
  expect(why[join(place.backupDir, 'trivia_pre_migration_20260301T010000000Z.db')]).toEqual(['a deploy that did not end needs it'])
})

test('while a deploy runs nothing goes', async () => {
  using place = emptyPlace('2026-03-10T00:00:00.000Z')
  fill(place, hours('2026-03-01T00:00:00.000Z', 3).map((time) => backupOf('daily', time)))
  const lock = DeployLock.acquire(place.database, { pid: 1, host: 'here', command: 'migrator deploy', since: '' }, { mode: 0o600, uid: null, gid: null })
  try {
    expect(await documentOf(backupPrune(place.input, { keep: '1' }))).toMatchObject({ exitCode: 3, error: { code: 'DEPLOY_RUNNING' } })
    expect((await documentOf<Pruned>(backupPrune(place.input, { keep: '1', dryRun: true }))).deleted).toHaveLength(2)
    expect(listBackups(place.backupDir)).toHaveLength(3)
  } finally {
    lock.release()
  }
})

test('the second folder has rules of its own; one that is not there is said, and the first is pruned all the same', async () => {
  using place = emptyPlace('2026-03-10T00:00:00.000Z')
  const backups = hours('2026-03-01T00:00:00.000Z', 6).map((time) => backupOf('daily', time))
  fill(place, backups)
  const second = { ...place, backupDir: place.folder.file('second') }
  fill(second, backups)
  Object.assign(place.env, { BACKUP_COPY_DIR: 'second', BACKUP_COPY_KEEP: '4', BACKUP_COPY_KEEP_DAILY: '0', BACKUP_COPY_KEEP_WEEKLY: '0', BACKUP_COPY_KEEP_MONTHLY: '0' })
  const unmarked = await documentOf<Pruned>(backupPrune(place.input, { keep: '3' }))
  expect(unmarked).toMatchObject({ exitCode: 5, error: { code: 'COPY_FAILED' }, copies: null, deleted: { length: 3 } })
  expect(listBackups(second.backupDir)).toHaveLength(6)
  writeFileSync(join(second.backupDir, '.trivia-backups'), '')
  expect(await documentOf(backupPrune(place.input, { keep: '2' }))).toMatchObject({ exitCode: 0, deleted: { length: 1 }, copies: { deleted: { length: 2 }, kept: { length: 4 } } })
})

test('killed at any moment it leaves no half backup, and the next one finishes', async () => {
  using place = emptyPlace('2026-03-10T00:00:00.000Z')
  const random = seededRandom(7)
  let interrupted = 0
  for (let round = 0; round < 4; round++) {
    rmSync(place.backupDir, { recursive: true, force: true })
    fill(place, hours('2025-01-01T00:00:00.000Z', 250).map((time) => backupOf('manual', time)))
    const child = spawn(process.execPath, [join(import.meta.dirname, 'backups.script.ts'), 'prune', place.database, '2026-03-10T00:00:00.000Z', '{"keep":"1"}'], { stdio: 'ignore' })
    const ended = once(child, 'exit')
    while (listBackups(place.backupDir).length === 250) await sleep(1)
    await sleep(random.integer(0, 15))
    child.kill('SIGKILL')
    await ended
    const left = listBackups(place.backupDir)
    if (left.length > 1) interrupted++
    expect(left.filter((backup) => backup.manifest === null || readFileSync(backup.path, 'utf8') !== backup.name)).toEqual([])
    expect(await documentOf(backupPrune(place.input, { keep: '1' }))).toMatchObject({ exitCode: 0, kept: { length: 1 } })
    const [kept] = listBackups(place.backupDir)
    expect(readdirSync(place.backupDir).sort()).toEqual([kept!.name, `${kept!.name}.json`])
    expect(existsSync(kept!.path)).toBe(true)
  }
  expect(interrupted).toBeGreaterThan(0)
}, 60_000)
