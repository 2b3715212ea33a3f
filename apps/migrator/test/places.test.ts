import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync, writeSync, copyFileSync, readFileSync } from 'node:fs'
import { createLegacyDatabase, databaseHash, fileHash, runMigrator, scratchFolder } from '@trivia/testkit'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { column, deploy, value } from './deploying.ts'

test('a directory in the place of the database', async () => {
  using folder = scratchFolder()
  mkdirSync(folder.file('trivia.db'))
  expect(await deploy(folder.file('trivia.db'))).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'NOT_A_FILE' } })
})

test('a text file in the place of the database', async () => {
  using folder = scratchFolder()
  const path = folder.file('trivia.db')
  writeFileSync(path, 'Dear operator,\nthis is a letter, and long enough to look like a header of some kind of file.\n'.repeat(20))
  const before = fileHash(path)
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'NOT_A_DATABASE' } })
  expect(fileHash(path)).toBe(before)
  expect(readdirSync(folder.path)).toEqual(['trivia.db'])
})

test('a corrupt page is found before anything is done', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete', sessions: 3000 })
  damage(path, 4096 * 20)
  const before = fileHash(path)
  const result = await deploy(path)
  expect(result).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'DATABASE_CORRUPT' }, backups: { pre: null } })
  expect(fileHash(path)).toBe(before)
  expect((await runMigrator(['check', '--database', path, '--json'])).exitCode).toBe(3)
})

test('a truncated file', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  truncateSync(path, 4096 * 3)
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'DATABASE_CORRUPT' } })
})

test('a database that was emptied or taken away is not begun anew where a backup of it has players', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  expect((await runMigrator(['backup', '--database', path])).exitCode).toBe(0)
  truncateSync(path, 0)
  const codeOf = async (...args: string[]): Promise<string | undefined> => (await runMigrator([...args, '--database', path, '--json'])).json<{ error: { code: string } | null }>().error?.code
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'DATABASE_LOST' } })
  expect(statSync(path).size).toBe(0)
  expect([await codeOf('check'), await codeOf('backup')]).toEqual(['DATABASE_CORRUPT', 'DATABASE_EMPTIED'])
  rmSync(path)
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'DATABASE_LOST' } })
  expect((await runMigrator(['restore', '--latest', '--database', path])).exitCode).toBe(0)
  expect(await deploy(path)).toMatchObject({ outcome: 'deployed', version: { from: 1 } })
  // A new game beside the old backups is one that somebody asks for.
  rmSync(path)
  expect((await runMigrator(['deploy', '--database', path, '--backup-dir', folder.file('others')])).exitCode).toBe(0)
})

test('a database that nobody may write, and a folder that nobody may write', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  chmodSync(path, 0o444)
  expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'READ_ONLY' } })
  chmodSync(path, 0o644)
  chmodSync(folder.path, 0o555)
  try {
    expect(await deploy(path)).toMatchObject({ outcome: 'refused', exitCode: 3, error: { code: 'READ_ONLY' } })
  } finally {
    chmodSync(folder.path, 0o755)
  }
})

test('a write-ahead log that a crash left is not lost', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('source.db'), { journalMode: 'wal' })
  const writer = new Sqlite(path)
  writer.exec("UPDATE users SET total_points = 4242 WHERE user_id = (SELECT min(user_id) FROM users)")
  for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${folder.file('trivia.db')}${suffix}`)
  writer.close()
  expect(statSync(folder.file('trivia.db-wal')).size).toBeGreaterThan(0)
  expect(await deploy(folder.file('trivia.db'))).toMatchObject({ outcome: 'deployed' })
  expect(value(folder.file('trivia.db'), 'SELECT total_points FROM users ORDER BY user_id LIMIT 1')).toBe(4242)
})

test('a hot journal that a crash left is rolled back', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('source.db'), { journalMode: 'delete', sessions: 5000 })
  const points = column(path, 'SELECT total_points FROM users ORDER BY user_id')
  const writer = new Sqlite(path)
  writer.pragma('cache_size = 5')
  writer.exec('BEGIN IMMEDIATE; UPDATE users SET total_points = 0; UPDATE game_sessions SET channel_id = channel_id + 1')
  for (const suffix of ['', '-journal']) copyFileSync(`${path}${suffix}`, `${folder.file('trivia.db')}${suffix}`)
  writer.exec('ROLLBACK')
  writer.close()
  expect(await deploy(folder.file('trivia.db'))).toMatchObject({ outcome: 'deployed' })
  expect(column(folder.file('trivia.db'), 'SELECT total_points FROM users ORDER BY user_id')).toEqual(points)
})

test('another page size, another encoding, a symbolic link and a strange name make no difference', async () => {
  using folder = scratchFolder()
  const { path, rows } = createLegacyDatabase(folder.file("it's a #1?.db"), { journalMode: 'delete' })
  const source = new Sqlite(path)
  const ddl = source.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all() as string[]
  source.close()
  const utf16 = folder.file('utf16.db')
  const target = new Sqlite(utf16)
  target.pragma("encoding = 'UTF-16le'")
  target.pragma('page_size = 1024')
  for (const sql of ddl) target.exec(sql)
  target.exec("INSERT INTO users (user_id, created_at) VALUES (9007199254740993, '2026-01-01 00:00:00'); INSERT INTO schema_version (version) VALUES (1)")
  target.close()
  symlinkSync(path, folder.file('link.db'))
  expect(await deploy(folder.file('link.db'))).toMatchObject({ outcome: 'deployed', database: path, preservation: { users: { after: rows.users } } })
  expect(await deploy(utf16)).toMatchObject({ outcome: 'deployed', adopted: true })
  expect(value(utf16, 'PRAGMA encoding')).toBe('UTF-16le')
  expect(value(utf16, 'PRAGMA page_size')).toBe(1024)
  expect(value(utf16, 'SELECT CAST(user_id AS TEXT) FROM users')).toBe('9007199254740993')
})

test('nobody can read more than the database itself', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'delete' })
  chmodSync(path, 0o600)
  const result = await deploy(path)
  expect(result.outcome).toBe('deployed')
  for (const name of readdirSync(folder.path, { recursive: true, withFileTypes: true })) {
    if (name.isFile()) expect(statSync(`${name.parentPath}/${name.name}`).mode & 0o077, name.name).toBe(0)
  }
})

test('a backup is restored over a damaged header, a damaged page, a text file and a missing file', async () => {
  using folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('trivia.db'))
  await deploy(path)
  const content = databaseHash(path, { recover: true })
  for (const harm of ['header', 'page', 'text', 'missing'] as const) {
    if (harm === 'header') damage(path, 0)
    if (harm === 'page') damage(path, 4096 * 9)
    if (harm === 'text') writeFileSync(path, 'not a database at all '.repeat(1000))
    const broken = readFileSync(path)
    const run = await runMigrator(harm === 'missing' ? ['restore', '--latest', '--database', folder.file('again.db'), '--backup-dir', folder.file('backups'), '--json'] : ['restore', '--latest', '--database', path, '--json'])
    if (harm === 'missing') {
      // The backups are those of another database: they have to be named.
      expect(run.json()).toMatchObject({ exitCode: 3, error: { code: 'NO_BACKUP' } })
      const [backup] = readdirSync(folder.file('backups')).filter((name) => name.startsWith('trivia_post_migration') && name.endsWith('.db'))
      const named = await runMigrator(['restore', backup ?? '', '--database', folder.file('again.db'), '--backup-dir', folder.file('backups'), '--json'])
      expect(named.exitCode).toBe(0)
      expect(databaseHash(folder.file('again.db'))).toBe(content)
      continue
    }
    expect(run.exitCode, run.stdout).toBe(0)
    expect(databaseHash(path, { recover: true }), harm).toBe(content)
    const { rawCopy, preRestore } = run.json<{ rawCopy: string | null; preRestore: string | null }>()
    if (harm === 'page') expect(preRestore).not.toBeNull()
    else expect(readFileSync(`${rawCopy ?? ''}/trivia.db`).equals(broken)).toBe(true)
  }
})

/** Overwrites a hundred bytes of a file. */
function damage(path: string, offset: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(100, 0xab), 0, 100, offset)
  closeSync(file)
}
