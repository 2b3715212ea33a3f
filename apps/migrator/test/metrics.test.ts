import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { commonQueries } from '@trivia/database/queries'
import { createLegacyDatabase, databaseHash, newestVersion, repositoryRoot, runMigrator, type ScratchFolder, scratchFolder, startOpenTransaction } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { afterCommand } from '../src/alerts/after-command.ts'
import { collectFacts } from '../src/metrics/collect.ts'
import { createProgram } from '../src/program.ts'
import { renderExposition } from '../src/metrics/exposition.ts'
import type { Settings } from '../src/settings.ts'
import { execute, value } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

function copyOf(folder: ScratchFolder): Settings {
  execute(base.copyTo(folder), 'PRAGMA journal_mode = WAL')
  return settingsOf(folder)
}

function settingsOf(folder: ScratchFolder): Settings {
  return { database: folder.file('trivia.db'), backupDir: folder.file('backups'), prismaDir: `${repositoryRoot}/prisma` }
}

/** Runs a command for real, and then what monitoring does after it. */
async function monitored(command: string, settings: Settings, metricsFile: string): Promise<{ warnings: string[]; exitCode: number | null }> {
  const startedAt = new Date()
  const run = await runMigrator([...command.split(' '), '--database', settings.database, '--json'])
  const warnings: string[] = []
  const ended = { command, startedAt, endedAt: new Date(), exitCode: run.exitCode ?? -1, json: run.json<unknown>(), memoryPeakBytes: 123_000 }
  await afterCommand({ settings, metricsFile, env: {}, warn: (text) => warnings.push(text) }, ended)
  return { warnings, exitCode: run.exitCode }
}

/** Reads the text format by its grammar; throws at anything that is not in it. */
function parse(text: string): Map<string, number> {
  const values = new Map<string, number>()
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (HELP [a-z_]+ \S.*|TYPE [a-z_]+ (gauge|counter))$/.test(line)) continue
    const match = /^([a-z_]+)(\{(?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.]+(?:e[+-]\d+)?|NaN|[+-]Inf)$/.exec(line)
    if (match === null) throw new Error(`This is no sample: ${line}`)
    const labels = [...(match[2] ?? '').matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].filter(([, name]) => name !== 'database').map(([, name, text]) => `${name}=${text}`)
    const key = [match[1]?.replace('trivia_migrator_', ''), ...labels].join(' ')
    expect(values.has(key), `${key} is there twice`).toBe(false)
    values.set(key, Number(match[3]))
  }
  return values
}

const read = (file: string): Map<string, number> => parse(readFileSync(file, 'utf8'))

test('a deploy leaves its figures, and a later check does not take them away', async () => {
  using folder = scratchFolder()
  createLegacyDatabase(folder.file('trivia.db'), { journalMode: 'wal' })
  const settings = settingsOf(folder)
  const file = folder.file('trivia.prom')
  const before = process.umask(0o077)
  try {
    expect(await monitored('deploy', settings, file)).toEqual({ warnings: [], exitCode: 0 })
  } finally {
    process.umask(before)
  }
  expect(statSync(file).mode & 0o777).toBe(0o644)
  const first = read(file)
  expect(Object.fromEntries(first)).toMatchObject({
    'schema_version': newestVersion(), 'pending_migrations': 0, 'database_readable': 1, 'database_growth_bytes': 0, 'integrity_ok': 1, 'disk_holds_next_deploy': 1,
    'last_run_exit_code command=deploy': 0, 'last_run_info command=deploy outcome=deployed error=': 1, 'last_run_memory_peak_bytes command=deploy': 123_000,
    'runs_total command=deploy result=ok': 1, 'runs_total command=deploy result=failed': 0, 'rows command=deploy change=lost': 0,
    'backups type=pre_migration': 1, 'backups type=post_migration': 1, 'backup_max_age_seconds': 26 * 3600,
  })
  expect(first.get('database_bytes')).toBe(Number(value(settings.database, 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')))
  for (const step of ['lock', 'snapshot', 'integrity', 'migrate', 'verify', 'publish', 'backup']) expect(first.get(`step_duration_seconds command=deploy step=${step}`), step).toBeGreaterThanOrEqual(0)
  expect(first.get('query_duration_seconds query=leaderboard')).toBeGreaterThan(0)
  expect([...first.keys()].filter((key) => key.startsWith('query_duration'))).toHaveLength(commonQueries.length)
  expect(first.get('backup_age_seconds type=post_migration')).toBeLessThan(60)

  execute(settings.database, 'CREATE TABLE big AS SELECT randomblob(1000) FROM game_sessions, users; DROP TABLE big')
  expect((await monitored('check', settings, file)).exitCode).toBe(0)
  const second = read(file)
  expect(second.get('last_run_exit_code command=check')).toBe(0)
  expect(second.get('step_duration_seconds command=deploy step=verify')).toBe(first.get('step_duration_seconds command=deploy step=verify'))
  expect(second.get('database_growth_bytes')).toBeGreaterThan(1_000_000)
  expect(second.get('database_fragmentation_ratio')).toBeGreaterThan(0.5)
  expect(second.get('integrity_checked_timestamp_seconds')).toBeGreaterThan(first.get('integrity_checked_timestamp_seconds')!)

  // One with nothing to do counts, and keeps the steps of the last that had.
  expect((await monitored('deploy', settings, file)).exitCode).toBe(0)
  const third = read(file)
  expect(third.get('runs_total command=deploy result=ok')).toBe(2)
  expect(third.get('last_run_info command=deploy outcome=up-to-date error=')).toBe(1)
  expect(third.get('step_duration_seconds command=deploy step=verify')).toBe(first.get('step_duration_seconds command=deploy step=verify'))
  expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([])
})

test('a damaged file: the figures say so, and all that can still be known is there', async () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  await runMigrator(['backup', '--database', settings.database])
  execute(settings.database, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
  const descriptor = openSync(settings.database, 'r+')
  for (let page = 4; page < 12; page++) writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  closeSync(descriptor)
  const file = folder.file('trivia.prom')
  expect((await monitored('check', settings, file)).exitCode).toBe(3)
  const figures = read(file)
  expect(Object.fromEntries(figures)).toMatchObject({ 'integrity_ok': 0, 'last_run_exit_code command=check': 3, 'runs_total command=check result=refused': 1, 'backups type=manual': 1 })
})

test('a metrics file that cannot be written is a warning', async () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  const { warnings, exitCode } = await monitored('check', settings, folder.file('nowhere', 'trivia.prom'))
  expect(exitCode).toBe(0)
  expect(warnings).toEqual([expect.stringMatching(/^The metrics file .*nowhere.* could not be written: ENOENT/) as string])
  mkdirSync(folder.file('taken.prom'))
  expect((await monitored('check', settings, folder.file('taken.prom'))).warnings).toHaveLength(1)
  expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([])
})

test('a database that is not there, and a folder that is not there: no trace is made in the wrong place', async () => {
  using folder = scratchFolder()
  const settings = { ...settingsOf(folder), database: folder.file('unmounted', 'trivia.db') }
  const { warnings } = await monitored('check', settings, folder.file('trivia.prom'))
  expect(warnings.join()).toContain('There is no folder')
  expect(existsSync(folder.file('unmounted'))).toBe(false)
  expect(read(folder.file('trivia.prom')).get('last_run_exit_code command=check')).toBe(3)
})

test('a look does not wait long for a lock, reads beside a writer, and stands in nobody\'s way', async () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  const writer = await startOpenTransaction(settings.database, 'immediate')
  expect(collectFacts(settings, new Date(), 100).file?.schemaVersion).toBe(newestVersion())
  await writer.stop()
  execute(settings.database, 'PRAGMA journal_mode = DELETE')
  const holder = await startOpenTransaction(settings.database, 'exclusive')
  const began = performance.now()
  expect(collectFacts(settings, new Date(), 100)).toMatchObject({ exists: true, file: null, fileProblem: 'database is locked' })
  expect(performance.now() - began).toBeLessThan(4_000)
  await holder.stop()
  collectFacts(settings, new Date(), 100)
  execute(settings.database, 'BEGIN EXCLUSIVE; COMMIT')
})

test('names and paths of any kind stay one line', () => {
  const hostile = 'a"b\\c\nd\ud800}'
  const text = renderExposition([{ name: 'x_bytes', help: 'One\nline \\ only.', type: 'gauge', samples: [{ labels: { folder: hostile }, value: 1 }, { value: Infinity }, { value: Number.NaN }] }, { name: 'none', help: 'None.', type: 'gauge', samples: [] }])
  expect(text).toBe('# HELP x_bytes One\\nline \\\\ only.\n# TYPE x_bytes gauge\nx_bytes{folder="a\\"b\\\\c\\nd\ufffd}"} 1\nx_bytes +Inf\nx_bytes NaN\n')
})

test.for([
  [['deploy', '--json'], 'deploy'], [['backup', '--type', 'daily'], 'backup'], [['backup', 'verify', '--all'], 'backup verify'], [['backup', '--json', 'verify'], 'backup verify'],
  [['backup', '--backup-dir', 'verify', 'drill'], 'backup drill'], [['backup', '--json', 'list'], 'backup list'], [['status'], 'status'], [['restore', 'x.db'], 'restore'], [['schedule', 'run', '--json'], 'schedule run'],
] as const)('a command is known by its name, wherever its options stand: %j', async ([args, name]) => {
  const begun: string[] = []
  await createProgram(() => Promise.resolve(), (command) => begun.push(command)).parseAsync([...args], { from: 'user' })
  expect(begun).toEqual([name])
})

test('nothing but metrics is written over', async () => {
  using folder = scratchFolder()
  const { database } = copyOf(folder)
  const notes = folder.file('notes.txt')
  writeFileSync(notes, 'mine')
  symlinkSync(database, folder.file('link'))
  const before = databaseHash(database)
  for (const file of [database, `${database}-wal`, `${database}.deletions`, notes, folder.file('link')]) {
    const run = await runMigrator(['backup', 'list', '--database', database, '--metrics-file', file, '--json'])
    expect(run.exitCode).toBe(0)
    expect(run.stderr).toContain('could not be written')
  }
  expect(databaseHash(database)).toBe(before)
  expect(readFileSync(notes, 'utf8')).toBe('mine')
  const file = folder.file('trivia.prom')
  writeFileSync(file, '')
  for (const command of ['status', 'validate', 'status']) expect((await runMigrator([command, '--database', database, '--metrics-file', file, '--json'])).stderr).toBe('')
  expect(readFileSync(file, 'utf8')).toContain('trivia_migrator_last_run_exit_code{database="')
})

const promtool = process.env.PATH?.split(':').map((folder) => `${folder}/promtool`).find((path) => existsSync(path))

test.skipIf(promtool === undefined)("Prometheus' own tool finds nothing to say about metrics and rules", async () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  const file = folder.file('trivia.prom')
  await monitored('backup', settings, file)
  execFileSync(promtool!, ['check', 'metrics'], { input: readFileSync(file), stdio: ['pipe', 'inherit', 'inherit'] })
  execFileSync(promtool!, ['check', 'rules', 'alerts.yml'], { cwd: `${repositoryRoot}/deploy/prometheus`, stdio: 'inherit' })
  execFileSync(promtool!, ['test', 'rules', 'alerts.test.yml'], { cwd: `${repositoryRoot}/deploy/prometheus`, stdio: 'inherit' })
  // Every metric that a rule asks for exists.
  const rules = readFileSync(`${repositoryRoot}/deploy/prometheus/alerts.yml`, 'utf8')
  const known = readFileSync(file, 'utf8') + readFileSync(`${repositoryRoot}/apps/migrator/src/metrics/render.ts`, 'utf8')
  for (const [name] of rules.matchAll(/trivia_migrator_\w+/g)) expect(known.includes(name) || known.includes(`'${name.replace('trivia_migrator_', '')}'`), name).toBe(true)
})
