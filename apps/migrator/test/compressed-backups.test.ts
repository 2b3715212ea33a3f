import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseHash, fileHash, type ScratchFolder } from '@trivia/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressFile, decompressFile } from '../src/backups/compression.ts'
import { listBackups } from '../src/backups/store.ts'
import { backup } from '../src/commands/backup.ts'
import { backupList } from '../src/commands/backup-list.ts'
import { backupVerify } from '../src/commands/backup-verify.ts'
import { restore } from '../src/commands/restore.ts'
import { documentOf, makeBase, type Place, placeWith } from './backing-up.ts'
import { execute } from './deploying.ts'

let base: ScratchFolder
beforeAll(async () => {
  base = await makeBase()
})
afterAll(() => base.remove())

interface Made {
  readonly exitCode: number
  readonly path: string
  readonly sha256: string
  readonly bytes: number
  readonly content: { sha256: string; bytes: number } | null
  readonly copy: string | null
  readonly notes: readonly string[]
  readonly error: { code: string; why: string } | null
}

const make = (place: Place, copyTo?: string): Promise<Made> => documentOf<Made>(backup(place.input, { type: 'daily', compress: true, copyTo }))
const verify = (place: Place, file?: string): Promise<{ ok: boolean; backups: { problems: string[] }[] }> => documentOf(backupVerify(place.input, { file, all: false }))
const restoreFrom = (place: Place, file: string): Promise<{ exitCode: number; error: { code: string } | null; preRestore: string }> => documentOf(restore(place.input, { file, latest: false }))

test('made, listed, verified and restored; the stock zstd can read it', async () => {
  using place = placeWith(base)
  const before = databaseHash(place.database)
  const made = await make(place)
  expect(made).toMatchObject({ exitCode: 0, path: expect.stringMatching(/trivia_daily_20260302T030000000Z\.db\.zst$/) as string, sha256: fileHash(made.path), bytes: statSync(made.path).size, error: null })
  expect(made.bytes).toBeLessThan(made.content!.bytes / 4)
  expect(readdirSync(place.backupDir).sort()).toEqual([0, 1].map((index) => `trivia_daily_20260302T030000000Z.db.zst${['', '.json'][index]!}`))
  expect(statSync(made.path).mode & 0o777).toBe(statSync(place.database).mode & 0o666)
  expect((await backupList(place.input)).text).toMatch(/\.db\.zst +daily +\d+ +\d+ kB +verified/)
  expect(await verify(place)).toMatchObject({ ok: true })
  expect((await backupList(place.input)).text).toContain('verify 2026-03-02')

  execute(place.database, 'DELETE FROM game_sessions')
  expect(await restoreFrom(place, made.path)).toMatchObject({ exitCode: 0, preRestore: expect.stringContaining('pre_restore') as string })
  expect(databaseHash(place.database)).toBe(before)
  for (const ending of ['', '-wal', '-shm']) rmSync(`${place.database}${ending}`, { force: true })
  expect((await documentOf<{ exitCode: number }>(restore(place.input, { file: 'trivia_daily_20260302T030000000Z.db.zst', latest: false }))).exitCode).toBe(0)
  expect(databaseHash(place.database)).toBe(before)
  expect(readdirSync(place.backupDir).filter((name) => name.startsWith('.'))).toEqual([])

  const stock = hasZstd() ? execFileSync('zstd', ['-lv', made.path], { encoding: 'utf8' }) : 'Check: XXH64'
  expect(stock).toMatch(/Check: XXH64/)
})

function hasZstd(): boolean {
  try {
    execFileSync('zstd', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.for([
  ['cut', (path: string) => truncateSync(path, statSync(path).size - 5)],
  ['cut to its beginning', (path: string) => truncateSync(path, 4)],
  ['a changed bit', (path: string) => {
    const bytes = readFileSync(path)
    bytes[bytes.length >> 1]! ^= 4
    writeFileSync(path, bytes)
  }],
  ['emptied', (path: string) => truncateSync(path, 0)],
] as const)('%s: found with and without the manifest, and never restored', async ([, damage]) => {
  using place = placeWith(base)
  const before = databaseHash(place.database)
  const { path } = await make(place)
  damage(path)
  const stranger = place.folder.file('mine.zst')
  copyFileSync(path, stranger)
  expect(await verify(place, path)).toMatchObject({ exitCode: 3, ok: false, error: { code: 'BACKUP_DAMAGED' } })
  expect((await backupList(place.input)).text).toContain('DAMAGED')
  for (const file of [path, stranger]) expect(await restoreFrom(place, file)).toMatchObject({ exitCode: 3, error: { code: 'BACKUP_DAMAGED' } })
  expect(databaseHash(place.database)).toBe(before)
  expect(readdirSync(place.backupDir).filter((name) => name.startsWith('.'))).toEqual([])
})

test("somebody else's copy without a manifest can be restored, whatever its name", async () => {
  using place = placeWith(base)
  const { path } = await make(place)
  copyFileSync(path, place.folder.file('renamed.db'))
  expect(await restoreFrom(place, 'renamed.db')).toMatchObject({ exitCode: 0 })
})

test('what a killed one left goes after a day', async () => {
  using place = placeWith(base)
  mkdirSync(place.backupDir, { recursive: true })
  const left = ['trivia_daily_20260301T030000000Z.db.partial', 'trivia_daily_20260301T030000000Z.db.zst.partial']
  for (const name of left) writeFileSync(join(place.backupDir, name), '')
  writeFileSync(join(place.backupDir, 'trivia_daily_20260228T030000000Z.db.zst.removed'), '')
  for (const name of left) utimesSync(join(place.backupDir, name), new Date('2026-03-01T03:00:00Z'), new Date('2026-03-01T03:00:00Z'))
  expect(listBackups(place.backupDir)).toEqual([])
  await make(place)
  expect(readdirSync(place.backupDir).filter((name) => left.includes(name))).toHaveLength(2)
  place.moveTo('2026-03-02T04:00:00.000Z')
  await make(place)
  expect(readdirSync(place.backupDir).every((name) => /^trivia_daily_20260302T0[34]0000000Z\.db\.zst(\.json)?$/.test(name))).toBe(true)
})

test('a compressed file holds what went in, byte by byte', async () => {
  using place = placeWith(base)
  const [from, packed, to] = [place.folder.file('from'), place.folder.file('packed'), place.folder.file('to')] as const
  writeFileSync(from, Buffer.concat([Buffer.alloc(5_000_000, 'abc'), readFileSync(place.database)]))
  const digest = await compressFile(from, packed)
  expect(digest).toEqual({ sha256: fileHash(from), bytes: statSync(from).size })
  expect(await decompressFile(packed, to)).toEqual(digest)
  expect(fileHash(to)).toBe(fileHash(from))
})

test('--copy-to: a second one elsewhere, read back; what is wrong there does not harm the first', async () => {
  using place = placeWith(base)
  const second = place.folder.file('second')
  expect(await make(place, 'second')).toMatchObject({ exitCode: 5, copy: null, content: {}, error: { code: 'COPY_FAILED', why: 'There is no such folder.' } })
  mkdirSync(second)
  place.moveTo('2026-03-02T04:00:00.000Z')
  const made = await make(place, 'second')
  expect(made).toMatchObject({ exitCode: 0, error: null, copy: join(second, 'trivia_daily_20260302T040000000Z.db.zst'), notes: [expect.stringContaining('first time')] })
  expect(fileHash(made.copy!)).toBe(made.sha256)
  expect(await verify({ ...place, input: { ...place.input, settings: { ...place.input.settings, backupDir: second } } })).toMatchObject({ ok: true })
  place.moveTo('2026-03-02T05:00:00.000Z')
  expect((await make(place, 'second')).notes).toEqual([])

  // A file in the way of the copy, as on a disk that has gone bad.
  mkdirSync(join(second, 'trivia_daily_20260302T060000000Z.db.zst', 'x'), { recursive: true })
  place.moveTo('2026-03-02T06:00:00.000Z')
  expect(await make(place, 'second')).toMatchObject({ exitCode: 5, copy: null, error: { code: 'COPY_FAILED' } })
  expect(readdirSync(second).filter((name) => name.includes('partial') || name.includes('T06') && name.endsWith('json'))).toEqual([])
  // The mark is gone: an empty folder where a disk was.
  rmSync(join(second, '.trivia-backups'))
  expect(await make(place, 'second')).toMatchObject({ exitCode: 5, error: { why: expect.stringContaining('not mounted') as string } })
  expect(await make(place, 'backups')).toMatchObject({ exitCode: 2, error: { code: 'WRONG_USAGE' } })
  expect(listBackups(place.backupDir).length).toBeGreaterThan(4)
})
