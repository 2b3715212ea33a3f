import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createLegacyDatabase, databaseHash, repositoryRoot, runMigrator, type ScratchFolder, scratchFolder, newestVersion } from '@trivia/testkit'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { execute, value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

function copyOf(folder: ScratchFolder, name = 'trivia.db'): string {
  const database = base.copyTo(folder, name)
  execute(database, 'PRAGMA journal_mode = WAL')
  return database
}

test('backup, list and verify; a changed backup is found', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const run = await runMigrator(['backup', '--type', 'daily', '--database', database, '--json'])
  expect(run.exitCode).toBe(0)
  const made = run.json<{ path: string; sha256: string; bytes: number }>()
  expect(made).toMatchObject({ verified: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  expect(made.path).toMatch(/trivia_daily_\d{8}T\d{9}Z\.db$/)
  expect(databaseHash(made.path)).toBe(databaseHash(database))
  expect(readdirSync(folder.file('backups')).filter((name) => /-wal|-shm|partial/.test(name))).toEqual([])
  const manifest = JSON.parse(readFileSync(`${made.path}.json`, 'utf8')) as object
  expect(manifest).toMatchObject({ type: 'daily', schemaVersion: newestVersion(), bytes: made.bytes, sha256: made.sha256, rows: { users: 40 }, integrity: { ok: true } })

  expect((await runMigrator(['backup', 'list', '--database', database])).stdout).toContain('trivia_daily_')
  expect((await runMigrator(['backup', 'verify', '--all', '--database', database])).exitCode).toBe(0)
  execute(made.path, 'UPDATE users SET total_points = 1')
  const verified = await runMigrator(['backup', 'verify', made.path, '--database', database, '--json'])
  expect(verified.exitCode).toBe(3)
  expect(verified.json()).toMatchObject({ ok: false, error: { code: 'BACKUP_DAMAGED' } })
  const restored = await runMigrator(['restore', made.path, '--database', database, '--json'])
  expect(restored.json()).toMatchObject({ exitCode: 3, error: { code: 'BACKUP_DAMAGED' } })
})

test('restore puts the backup in place under an open reader, and keeps what was there', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const before = databaseHash(database)
  await runMigrator(['backup', '--database', database])
  execute(database, 'DELETE FROM game_sessions')
  const damaged = databaseHash(database)
  const reader = new Sqlite(database)
  const count = reader.prepare('SELECT count(*) FROM game_sessions').pluck()
  expect(count.get()).toBe(0)
  const run = await runMigrator(['restore', '--latest', '--database', database, '--json'])
  expect(run.exitCode, run.stdout).toBe(0)
  expect(count.get()).toBe(120)
  reader.close()
  expect(databaseHash(database)).toBe(before)
  const { preRestore } = run.json<{ preRestore: string }>()
  expect(databaseHash(preRestore)).toBe(damaged)
})

test('status tells where a database stands', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const run = await runMigrator(['status', '--database', database, '--json'])
  expect(run.json()).toMatchObject({ exitCode: 0, version: newestVersion(), healthy: true, pending: [], applied: { length: newestVersion() } })
  const missing = await runMigrator(['status', '--database', folder.file('none.db'), '--json'])
  expect(missing.json()).toMatchObject({ exitCode: 0, version: null, exists: false, pending: { length: newestVersion() } })
  expect(existsSync(folder.file('none.db'))).toBe(false)
  const legacy = createLegacyDatabase(folder.file('legacy.db'))
  expect((await runMigrator(['status', '--database', legacy.path, '--json'])).json()).toMatchObject({ version: 1, origin: 'legacy', pending: { length: newestVersion() - 1 }, applied: [] })
})

test('optimize shows space, plans and indexes, and --vacuum gives space back', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  execute(database, 'CREATE TABLE big AS SELECT randomblob(1000) FROM game_sessions, users; DROP TABLE big')
  const run = await runMigrator(['optimize', '--vacuum', '--database', database, '--json'])
  expect(run.exitCode, run.stdout).toBe(0)
  const { before, after, plans } = run.json<{ before: { bytes: number }; after: { bytes: number; freeBytes: number }; plans: { query: string; scans: boolean }[] }>()
  expect(after.bytes).toBeLessThan(before.bytes)
  expect(after.freeBytes).toBe(0)
  expect(plans.length).toBeGreaterThan(5)
  // A row for each kind of question: going through them all is the shortest way.
  expect(plans.filter((plan) => plan.scans).map((plan) => plan.query)).toEqual(['buckets of questions'])
})

test('check and validate of a sound database', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  expect((await runMigrator(['check', '--database', database])).exitCode).toBe(0)
  expect((await runMigrator(['validate', '--database', database, '--json'])).json()).toMatchObject({ exitCode: 0, user_count: 40, negative_points: 0, orphaned_achievements: 0 })
  for (const command of ['check', 'validate', 'optimize', 'backup']) {
    const run = await runMigrator([command, '--database', folder.file('none.db'), '--json'])
    expect(run.json(), command).toMatchObject({ exitCode: 3, error: { code: 'DATABASE_MISSING' } })
  }
  expect(existsSync(folder.file('none.db'))).toBe(false)
})

test('the database is found by option, DATABASE_PATH, DATABASE_URL; relative to where the caller stands', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  const seen = async (args: string[], env: Record<string, string>, cwd = folder.path): Promise<unknown> => ((await runMigrator(['status', '--json', ...args], { env, cwd })).json<{ database: unknown }>()).database
  expect(await seen(['--database', 'trivia.db'], { DATABASE_PATH: '/elsewhere.db' })).toBe(database)
  expect(await seen([], { DATABASE_PATH: 'trivia.db' })).toBe(database)
  expect(await seen([], { DATABASE_URL: 'file:./trivia.db' })).toBe(database)
  expect(await seen([], { DATABASE_URL: `file://${database}`, DATABASE_PATH: database })).toBe(database)
  expect(await seen([], {})).toBe(join(repositoryRoot, 'data', 'trivia.db'))
  // pnpm starts scripts in the package's folder, and says in INIT_CWD where the caller stands.
  expect(await seen([], { DATABASE_PATH: 'trivia.db', INIT_CWD: folder.path }, join(repositoryRoot, 'apps', 'migrator'))).toBe(database)
  expect(await seen([], { DATABASE_PATH: 'trivia.db', INIT_CWD: '/' })).toBe(database)
})

test.for([
  [['deploy', '--nonsense'], {}, 'WRONG_USAGE'],
  [['nonsense'], {}, 'WRONG_USAGE'],
  [['deploy', '--max-hold', 'soon'], {}, 'WRONG_USAGE'],
  [['backup', '--type', 'hourly'], {}, 'WRONG_USAGE'],
  [['restore'], {}, 'WRONG_USAGE'],
  [['status'], { DATABASE_PATH: '/a.db', DATABASE_URL: 'file:/b.db' }, 'DATABASE_AMBIGUOUS'],
  [['status'], { DATABASE_URL: 'postgres://localhost/trivia' }, 'DATABASE_URL_UNSUPPORTED'],
  [['deploy', '--prisma-dir', '/nowhere'], {}, 'PRISMA_DIR_MISSING'],
] as const)('wrong usage is said, with exit 2: %j %j', async ([args, env, code]) => {
  using folder = scratchFolder()
  const run = await runMigrator([...args, '--json', '--database', folder.file('x.db')].filter((arg, at, all) => code.startsWith('DATABASE_') ? !(arg === '--database' || all[at - 1] === '--database') : true), { env })
  expect(run.exitCode).toBe(2)
  expect(run.json()).toMatchObject({ outcome: 'refused', exitCode: 2, error: { code, what: expect.any(String) as string, why: expect.any(String) as string, next: expect.any(String) as string } })
  expect(run.stderr).toContain(code)
})

test('help names every command and shows examples', async () => {
  const help = await runMigrator(['--help'])
  expect(help.exitCode).toBe(0)
  const commands = ['deploy', 'rehearse', 'backup', 'restore', 'status', 'validate', 'check', 'optimize', 'quarantine', 'lint', 'new', 'archive', 'recover', 'history', 'report', 'schedule']
  for (const command of commands) expect(help.stdout).toContain(command)
  for (const command of [...commands.map((name) => [name]), ['backup', 'list'], ['backup', 'verify'], ['backup', 'drill'], ['backup', 'prune'], ['schedule', 'run'], ['quarantine', 'list'], ['quarantine', 'restore']]) {
    const own = await runMigrator([...command, '--help'])
    expect(own.exitCode).toBe(0)
    expect(own.stdout, command.join(' ')).toContain('Examples:')
  }
})

test('a leading -- is ignored, wherever pnpm puts it', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  for (const args of [['--', 'status'], ['status', '--'], ['backup', 'list', '--']]) {
    expect((await runMigrator([...args, '--json', '--database', database])).json(), args.join(' ')).toMatchObject({ exitCode: 0 })
  }
})

test('the rows of a managed database are checked, too, and set aside before a migration', async () => {
  using folder = scratchFolder()
  const database = copyOf(folder)
  execute(database, 'UPDATE users SET total_points = -1 WHERE user_id = (SELECT min(user_id) FROM users)')
  expect((await runMigrator(['validate', '--database', database, '--json'])).json()).toMatchObject({ exitCode: 3, negative_points: 1 })
  expect(value(database, 'SELECT count(*) FROM users')).toBe(40)
})
