import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addMigration, copyPrismaDir, createLegacyDatabase, databaseHash, newestVersion, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readManifest } from '../src/backups/manifest.ts'
import { backup } from '../src/commands/backup.ts'
import { backupDrill } from '../src/commands/backup-drill.ts'
import { backupList } from '../src/commands/backup-list.ts'
import { sha256File } from '../src/files/hash.ts'
import { changeManifest, documentOf, makeBase, type Place, placeOf, placeWith } from './backing-up.ts'
import { execute } from './deploying.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = await makeBase()
})
afterAll(() => base.remove())

interface Drilled {
  readonly exitCode: number
  readonly backup: string
  readonly ok: boolean
  readonly checks: Readonly<Record<string, boolean>>
  readonly details: Readonly<Record<string, readonly string[]>>
  readonly rehearsed: readonly string[]
  readonly durationMs: number
  readonly error: { code: string; why: string } | null
}

const allPassed = { hash: true, restore: true, integrity: true, foreignKeys: true, rows: true, data: true, structure: true, queries: true, deploy: true }

async function makeBackup(place: Place, compress = false): Promise<string> {
  return (await documentOf<{ path: string }>(backup(place.input, { type: 'daily', compress }))).path
}

const drillIn = (place: Place, file?: string): Promise<Drilled> => documentOf<Drilled>(backupDrill(place.input, { file }))

test.for([false, true])('the newest backup comes back whole, and nothing is left of it; compressed: %s', async (compress) => {
  using place = placeWith(base)
  const before = databaseHash(place.database)
  await makeBackup(place)
  place.moveTo('2026-03-03T03:00:00.000Z')
  const newest = await makeBackup(place, compress)
  place.moveTo('2026-03-04T03:00:00.000Z')
  const result = await drillIn(place)
  expect(result).toMatchObject({ exitCode: 0, backup: newest, ok: true, checks: allPassed, details: {}, rehearsed: [], error: null })
  expect(Object.keys(result.checks)).toEqual(Object.keys(allPassed))
  expect(result.durationMs).toBeGreaterThan(0)
  const at = '2026-03-04T03:00:00.000Z'
  expect(readManifest(newest)).toMatchObject({ checks: { verify: { at, ok: true }, drill: { at, ok: true } } })
  expect((await backupList(place.input)).text).toContain('drill 2026-03-04')
  expect(readdirSync(place.backupDir).filter((name) => !name.startsWith('trivia_'))).toEqual([expect.stringMatching(/^\.drill-\w{8}\.lock$/)])
  expect(databaseHash(place.database)).toBe(before)
})

test('of an older backup the deploy is rehearsed, too', async () => {
  using folder = scratchFolder()
  using place = placeOf(folder, createLegacyDatabase(folder.file('trivia.db')).path, '2026-03-02T03:00:00.000Z')
  await makeBackup(place)
  // Nobody may write the live one at the moment: its copies are for writing.
  chmodSync(place.input.settings.database, 0o444)
  expect(await drillIn(place)).toMatchObject({ exitCode: 0, ok: true, checks: allPassed, rehearsed: { length: newestVersion() - 1 } })
})

test('a release that could not go on with it fails the drill, and not the backup', async () => {
  using place = placeWith(base)
  await makeBackup(place)
  const prismaDir = copyPrismaDir(place.folder.file('prisma'))
  addMigration(prismaDir, '20990101000000_broken', 'DELETE FROM user_achievements;')
  const result = await drillIn({ ...place, input: { ...place.input, settings: { ...place.input.settings, prismaDir } } })
  expect(result).toMatchObject({ exitCode: 3, ok: false, checks: { ...allPassed, deploy: false }, rehearsed: ['20990101000000_broken'], error: { code: 'DRILL_FAILED', what: expect.stringContaining('came back as it was made') as string } })
  expect(result.details.deploy?.[0]).toContain('ROWS_NOT_PRESERVED')
  expect(readManifest(result.backup)?.checks).toMatchObject({ verify: { ok: true }, drill: { ok: false } })
})

async function spoil(path: string, sql: string): Promise<void> {
  execute(path, sql)
  // As if the file had been so from the beginning.
  changeManifest(path, { sha256: await sha256File(path), bytes: statSync(path).size })
}

test.for([
  ['rows', 'DELETE FROM user_achievements', 'user_achievements has 0 rows, its manifest says 4'],
  ['data', 'UPDATE users SET created_at = substr(created_at, 1, 10)', 'time_format is 6'],
  ['structure', 'DROP INDEX idx_users_total_points', 'idx_users_total_points'],
  ['foreignKeys', 'UPDATE user_achievements SET user_id = 5 WHERE rowid = 1', 'user_achievements row 1 belongs to a row that is not in users'],
] as const)('a backup that is not as it should be is found out: %s', async ([check, sql, reason]) => {
  using place = placeWith(base)
  const path = await makeBackup(place)
  await spoil(path, sql)
  const result = await drillIn(place)
  expect(result).toMatchObject({ exitCode: 3, ok: false, checks: { hash: true, restore: true, [check]: false }, error: { code: 'DRILL_FAILED' } })
  expect(result.details[check]?.[0]).toContain(reason)
})

test('a file that was changed, cut or replaced', async () => {
  using place = placeWith(base)
  const path = await makeBackup(place)
  execute(path, 'UPDATE users SET total_points = total_points')
  execute(path, 'PRAGMA user_version = 9')
  expect(await drillIn(place)).toMatchObject({ ok: false, checks: { ...allPassed, hash: false }, details: { hash: [expect.stringContaining('SHA-256')] } })
  // It is known now, and not the newest good one any more.
  expect(await drillIn(place)).toMatchObject({ exitCode: 3, error: { code: 'NO_BACKUP' } })
  writeFileSync(path, 'this was a database')
  expect(await drillIn(place, path)).toMatchObject({ ok: false, checks: { hash: false, restore: false, integrity: false, deploy: false }, details: { integrity: ['not reached'] } })

  const packed = await makeBackup(place, true)
  renameSync(`${packed}.json`, `${packed}.away`)
  expect(await drillIn(place, packed)).toMatchObject({ ok: false, checks: { ...allPassed, hash: false }, details: { hash: [expect.stringContaining('no manifest')] } })
  expect(await drillIn(place, 'nothing.db')).toMatchObject({ exitCode: 3, error: { code: 'BACKUP_MISSING' } })
  expect(readdirSync(place.backupDir).filter((name) => /^\.(?!drill-\w+\.lock)/.test(name))).toEqual([])
})

test('the live database may be lost: a drill needs only the backup', async () => {
  using place = placeWith(base)
  await makeBackup(place)
  for (const ending of ['', '-wal', '-shm']) rmSync(`${place.database}${ending}`, { force: true })
  expect(await drillIn(place)).toMatchObject({ ok: true, checks: allPassed })
  expect(existsSync(place.database)).toBe(false)
})

test('what a killed drill leaves goes with the next; two at once are one too many', async () => {
  using place = placeWith(base)
  const path = await makeBackup(place)
  const scratch = (): string[] => readdirSync(place.backupDir).filter((name) => /^\.drill-\w+$/.test(name))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'backups.script.ts'), 'drill', place.database, '2026-03-03T03:00:00.000Z'], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (scratch().length === 0 || readdirSync(join(place.backupDir, scratch()[0]!)).length === 0) await sleep(1)
  child.kill('SIGSTOP')
  expect(await drillIn(place)).toMatchObject({ exitCode: 3, error: { code: 'DRILL_RUNNING' } })
  child.kill('SIGKILL')
  await ended
  expect(scratch()).toHaveLength(1)
  copyFileSync(path, join(place.backupDir, scratch()[0]!, 'left-behind.db'))
  expect(await drillIn(place)).toMatchObject({ ok: true })
  expect(scratch()).toEqual([])
})
