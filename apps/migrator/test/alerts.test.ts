import { execFileSync } from 'node:child_process'
import { chmodSync, closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync, writeSync } from 'node:fs'
import { repositoryRoot, runMigrator, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { afterCommand } from '../src/alerts/after-command.ts'
import { type Alert, alertNames } from '../src/alerts/alert.ts'
import { decide } from '../src/alerts/decide.ts'
import { deliver, type Patience } from '../src/alerts/deliver.ts'
import { discordMessage } from '../src/alerts/discord-message.ts'
import { claim, post } from '../src/alerts/outbox.ts'
import { readReceiver, type Receiver } from '../src/alerts/receiver.ts'
import { sign } from '../src/alerts/request.ts'
import { suppress } from '../src/alerts/suppress.ts'
import { readThresholds } from '../src/alerts/thresholds.ts'
import { collectFacts } from '../src/metrics/collect.ts'
import { monitoringFolder, outboxFolder } from '../src/metrics/folder.ts'
import { type EndedRun, recordRun } from '../src/metrics/run-record.ts'
import type { Settings } from '../src/settings.ts'
import { commandLine, deliverersOf, type Received, startReceiver } from './alert-receiver.ts'
import { execute } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const SECRET = 'a secret that nobody sees'
const QUICK: Patience = { timeoutMs: 300, firstPauseMs: 20, longestPauseMs: 100, totalMs: 4_000 }

const base = deployedDatabase()

function copyOf(folder: ScratchFolder): Settings {
  return { database: base.copyTo(folder), backupDir: folder.file('backups'), prismaDir: `${repositoryRoot}/prisma` }
}

function alertOf(database: string, id = 'a-1'): Alert {
  return { id, status: 'firing', name: 'migration_failed', severity: 'critical', summary: 'A deploy failed: ROWS_NOT_PRESERVED', what: 'Rows were lost.', why: 'users: 3 rows', next: 'Mend the migration.', at: '2026-11-24T03:15:00.000Z', database, host: 'server' }
}

function ended(command: string, exitCode: number, json: unknown, ms = 1000): EndedRun {
  const endedAt = new Date()
  return { command, startedAt: new Date(endedAt.getTime() - ms), endedAt, exitCode, json, memoryPeakBytes: 1 }
}

/** Runs a command for real, and then what monitoring does after it, until the deliverer has ended. */
async function monitored(command: string, settings: Settings, env: Record<string, string>, args: readonly string[] = []): Promise<void> {
  const startedAt = new Date()
  const run = await runMigrator([...command.split(' '), ...args, '--database', settings.database, '--json'])
  const warnings: string[] = []
  const end: EndedRun = { command, startedAt, endedAt: new Date(), exitCode: run.exitCode ?? -1, json: run.json<unknown>(), memoryPeakBytes: 1 }
  await afterCommand({ settings, metricsFile: null, env: { PATH: process.env.PATH, ALERT_WAIT_SECONDS: '20', ALERT_WEBHOOK_SECRET: SECRET, ...env }, warn: (text) => warnings.push(text) }, end)
  expect(warnings).toEqual([])
}

/** The alerts, after a look whether each is signed by who has the secret, just now. */
function verified(received: readonly Received[]): Alert[] {
  return received.map(({ headers, body }) => {
    const timestamp = String(headers['x-trivia-timestamp'])
    expect(headers['x-trivia-signature']).toBe(`sha256=${sign(SECRET, timestamp, body)}`)
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60)
    expect(headers['content-type']).toBe('application/json')
    const alert = JSON.parse(body) as Alert
    expect(headers['idempotency-key']).toBe(alert.id)
    return alert
  })
}

test('the signature is what openssl makes of timestamp, dot and body', () => {
  const made = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-r'], { input: '1764000000.{"a":1}' }).toString()
  expect(made.startsWith(sign(SECRET, '1764000000', '{"a":1}'))).toBe(true)
})

test('each alert is received once by a real receiver, and taken back when it is well again', async () => {
  using folder = scratchFolder()
  await using receiver = await startReceiver(200)
  const settings = copyOf(folder)
  const env = { ALERT_WEBHOOK_URL: receiver.url }
  const news = (): string[] => verified(receiver.received.splice(0)).map(({ name, status }) => `${name} ${status}`)

  // No backup was ever made, and none can be: a file is where the folder should be.
  writeFileSync(settings.backupDir, '')
  await monitored('backup', settings, env)
  expect(news()).toEqual(['backup_failed firing', 'backup_too_old firing'])
  await monitored('backup', settings, env)
  expect(news()).toEqual([])
  renameSync(settings.backupDir, folder.file('old'))
  await monitored('backup', settings, { ...env, ALERT_RESTORE_MAX_AGE_DAYS: '7' })
  expect(news()).toEqual(['backup_failed resolved', 'backup_too_old resolved', 'restore_not_verified firing'])

  // A backup that somebody changed.
  const [name = ''] = readdirSync(settings.backupDir).filter((each) => each.endsWith('.db'))
  execute(`${settings.backupDir}/${name}`, 'UPDATE users SET total_points = 1')
  await monitored('backup verify', settings, env)
  expect(news()).toContain('backup_damaged firing')
  await monitored('restore', settings, env, [name])
  expect(news()).toContain('restore_failed firing')
  await monitored('backup', settings, env)
  await monitored('backup verify', settings, env)
  expect(news()).toContain('backup_damaged resolved')

  // A deploy that is slow, by its budget.
  await monitored('deploy', settings, { ...env, ALERT_DEPLOY_BUDGET_SECONDS: '0.001' })
  expect(news()).toEqual(['deploy_over_budget firing'])
  await monitored('deploy', settings, env)
  expect(news()).toEqual(['deploy_over_budget resolved'])

  // A structure that somebody changed: refused.
  execute(settings.database, 'CREATE TABLE extra (id INTEGER); DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)')
  await monitored('deploy', settings, env)
  const [refused] = news()
  expect(refused).toMatch(/^(deploy_refused|migration_failed) firing$/)

  // Damage.
  execute(settings.database, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
  const descriptor = openSync(settings.database, 'r+')
  for (let page = 6; page < 14; page++) writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  closeSync(descriptor)
  await monitored('check', settings, env)
  expect(news()).toEqual(['integrity_failed firing'])
})

test('every alert of the list has its reason, and its words', () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  const { thresholds } = readThresholds({ ALERT_RESTORE_MAX_AGE_DAYS: '7', ALERT_DEPLOY_BUDGET_SECONDS: '60' })
  const facts = { ...collectFacts(settings, new Date(), 0), diskProblem: { what: 'Small.', why: 'Full.', next: 'Clean.' } }
  const firing = (run: EndedRun): string[] => {
    const record = recordRun(run, null)
    return decide(record, { ...facts, runs: [record] }, thresholds).flatMap(({ name, firing: finding }) => {
      if (finding === null) return []
      for (const text of [finding.summary, finding.what, finding.why, finding.next, finding.cause]) expect(text, name).toMatch(/\S/)
      return [name]
    })
  }
  const error = (code: string): object => ({ error: { code, what: 'W.', why: 'Y.', next: 'N.' } })
  const all = new Set([
    ...firing(ended('deploy', 4, error('ROWS_NOT_PRESERVED'))),
    ...firing(ended('deploy', 3, error('DEPLOY_RUNNING'))),
    ...firing(ended('deploy', 0, { outcome: 'deployed', durationsMs: { verify: 50_000, migrate: 30_000 } }, 90_000)),
    ...firing(ended('deploy', 3, error('DATABASE_CORRUPT'))),
    ...firing(ended('backup', 3, error('DISK_FULL'))),
    ...firing(ended('backup verify', 3, error('BACKUP_DAMAGED'))),
    ...firing(ended('backup drill', 3, error('RESTORE_DRILL_FAILED'))),
  ])
  expect([...alertNames].filter((name) => !all.has(name))).toEqual([])
  const job = (name: string, ok: boolean, done = true): object => ({ job: name, done, why: '', results: [], ok, ...(ok ? { error: null } : error('DISK_FULL')) })
  const verdicts = (...jobs: object[]): unknown[] => decide(recordRun(ended('schedule run', 3, { jobs }), null), facts, thresholds).filter(({ name }) => name === 'backup_failed' || name === 'restore_failed').map(({ name, firing: finding }) => `${name} ${finding === null ? 'well' : finding.summary}`)
  expect(verdicts(job('daily', false), job('drill', true))).toEqual(['backup_failed A scheduled job failed (daily): DISK_FULL', 'restore_failed well'])
  expect(verdicts(job('daily', true), job('copy', true, false), job('drill', false))).toEqual(['backup_failed well', 'restore_failed A backup could not be restored in a drill (drill): DISK_FULL'])
  expect(verdicts(job('daily', true, false), job('drill', true, false))).toEqual([])
  expect(firing(ended('deploy', 2, error('WRONG_USAGE')))).toEqual([])
  expect(firing(ended('deploy', 1, 'no document'))).toContain('migration_failed')
  expect(firing(ended('deploy', 3, error('DATABASE_CORRUPT')))).not.toContain('deploy_refused')
})

test('the same alert is told once an hour, another cause at once, the end of it once', () => {
  const finding = { name: 'migration_failed', severity: 'critical', cause: 'A', summary: 's', what: 'w', why: 'y', next: 'n' } as const
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 3, minute))
  const told = suppress({ name: finding.name, firing: finding }, null, at(0), 3600)
  expect(told.tell?.status).toBe('firing')
  const again = (minute: number, cause = 'A') => suppress({ name: finding.name, firing: { ...finding, cause } }, told.remember, at(minute), 3600).tell?.status ?? null
  expect([again(1), again(59), again(60), again(1, 'B'), again(-5)]).toEqual([null, null, 'firing', 'firing', 'firing'])
  expect(suppress({ name: finding.name, firing: null }, told.remember, at(5), 3600)).toMatchObject({ tell: { status: 'resolved' }, remember: null })
  expect(suppress({ name: finding.name, firing: null }, null, at(5), 3600)).toEqual({ tell: null, remember: null })
})

const receiverAt = (url: string): Receiver => ({ url: new URL(url), format: 'json', secret: SECRET })

test('a receiver that stumbles gets it in the end, one that asks for time gets time, in order', async () => {
  using folder = scratchFolder()
  const { database } = copyOf(folder)
  await using receiver = await startReceiver(500, 'never', { status: 429, headers: { 'retry-after': '1' } }, 200)
  post(database, alertOf(database, 'first'), new Date(Date.now() - 10))
  post(database, alertOf(database, 'second'), new Date())
  expect(await deliver(database, receiverAt(receiver.url), { limits: QUICK })).toEqual({ delivered: 2, left: 0, why: null })
  const alerts = verified(receiver.received)
  expect(alerts.map(({ id }) => id)).toEqual(['first', 'first', 'first', 'first', 'second'])
  expect(receiver.received[3]!.at - receiver.received[2]!.at).toBeGreaterThan(990)
  expect(readdirSync(outboxFolder(database))).toEqual([])
})

test('what cannot be delivered waits for the next run; what is rejected is not repeated in this one', async () => {
  using folder = scratchFolder()
  const { database } = copyOf(folder)
  let closed: string
  {
    await using receiver = await startReceiver(404)
    closed = receiver.url
    post(database, alertOf(database), new Date())
    expect(await deliver(database, receiverAt(receiver.url), { limits: QUICK })).toEqual({ delivered: 0, left: 1, why: 'The receiver answered 404.' })
    expect(receiver.received).toHaveLength(1)
    receiver.answers.splice(0, 1, { status: 307, headers: { location: 'http://elsewhere.example/' } })
    expect((await deliver(database, receiverAt(receiver.url), { limits: QUICK })).left).toBe(1)
  }
  expect(await deliver(database, receiverAt(closed), { limits: { ...QUICK, totalMs: 500 } })).toEqual({ delivered: 0, left: 1, why: 'The receiver cannot be reached (ECONNREFUSED).' })
  await using receiver = await startReceiver(200)
  expect((await deliver(database, receiverAt(receiver.url), { limits: QUICK })).delivered).toBe(1)
})

test('a receiver that never answers costs the command nothing, and its deliverer shows no secret', async () => {
  using folder = scratchFolder()
  await using receiver = await startReceiver('never')
  const settings = copyOf(folder)
  const env = { PATH: process.env.PATH, ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: SECRET }
  const time = async (): Promise<number> => {
    const began = performance.now()
    await afterCommand({ settings, metricsFile: null, env, warn: () => {} }, ended('deploy', 4, { error: { code: `E${Math.random()}`, what: 'W.', why: 'Y.', next: 'N.' } }))
    return performance.now() - began
  }
  const times = [await time(), await time(), await time()]
  expect(Math.min(...times)).toBeLessThan(300)
  await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(0)
  const deliverers = deliverersOf(settings.database)
  expect(deliverers.length).toBeGreaterThan(0)
  for (const pid of deliverers) {
    expect(commandLine(pid)).not.toMatch(/secret|127\.0\.0\.1/)
    // It leads a session of its own: what ends the command's terminal or process group does not end it.
    expect(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ').slice(2, 4)).toEqual([String(pid), String(pid)])
    process.kill(pid, 'SIGKILL')
  }
  const kept = readdirSync(monitoringFolder(settings.database), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8'))
  expect(kept.join('')).toContain('migration_failed')
  expect(kept.join('')).not.toMatch(/127\.0\.0\.1|a secret/)
  // It was killed with alerts in its hands: the next one has them.
  await expect.poll(() => deliverers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])
  receiver.answers.splice(0, 1, 200)
  expect((await deliver(settings.database, receiverAt(receiver.url), { limits: QUICK })).delivered).toBeGreaterThan(0)
})

test('an alert that cannot be written down is still told', async () => {
  using folder = scratchFolder()
  await using receiver = await startReceiver(200)
  const settings = copyOf(folder)
  // A file where the folder should be, as full a disk as any user can make.
  writeFileSync(monitoringFolder(settings.database), '')
  const warnings: string[] = []
  const env = { PATH: process.env.PATH, ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: SECRET, ALERT_WAIT_SECONDS: '20' }
  await afterCommand({ settings, metricsFile: null, env, warn: (text) => warnings.push(text) }, ended('backup', 3, { error: { code: 'DISK_FULL', what: 'W.', why: 'Y.', next: 'N.' } }))
  expect(verified(receiver.received).map(({ name }) => name)).toEqual(['backup_failed', 'backup_too_old'])
  expect(warnings.length).toBeGreaterThan(0)
})

test('the outbox keeps a hundred for a week; what a dead process claimed comes back', () => {
  using folder = scratchFolder()
  const { database } = copyOf(folder)
  const now = Date.now()
  post(database, alertOf(database, 'old'), new Date(now - 8 * 24 * 3600_000))
  for (let index = 0; index < 120; index++) post(database, alertOf(database, `n${index}`), new Date(now + index))
  const names = readdirSync(outboxFolder(database))
  expect(names).toHaveLength(100)
  expect(names.sort()[0]).toContain('-n20.json')
  const claimed = claim(database, new Date(now))
  expect(claimed.map(({ alert }) => alert.id).slice(0, 2)).toEqual(['n20', 'n21'])
  expect(claim(database, new Date(now))).toEqual([])
  claimed[0]!.done()
  claimed[1]!.putBack()
  expect(claim(database, new Date(now)).map(({ alert }) => alert.id)).toEqual(['n21'])
  // Two hours later whoever has that number is another one.
  expect(claim(database, new Date(now + 2 * 3600_000))).toHaveLength(99)
  const [any = ''] = readdirSync(outboxFolder(database))
  renameSync(`${outboxFolder(database)}/${any}`, `${outboxFolder(database)}/${any.replace(/\.\d+$/, '.99999999')}`)
  utimesSync(outboxFolder(database), new Date(), new Date())
  expect(claim(database, new Date(now))).toHaveLength(1)
})

test("Discord's format keeps to its limits, mentions nobody, and shows no marks", () => {
  const hostile = { ...alertOf('/srv/trivia.db'), summary: `@everyone ${'x'.repeat(400)}`, what: '**`[a](https://x)`**'.repeat(500), why: '', next: '\ud83c'.repeat(3000) }
  const { embeds: [embed], allowed_mentions } = discordMessage(hostile) as { embeds: [{ title: string; description: string; fields: { name: string; value: string }[] }]; allowed_mentions: object }
  expect(allowed_mentions).toEqual({ parse: [] })
  expect(embed.title.length).toBeLessThanOrEqual(256)
  expect(embed.description.length).toBeLessThanOrEqual(4096)
  expect(embed.description).toMatch(/^\\\*\\\*\\`\\\[a\\\]/)
  for (const { value } of embed.fields) {
    expect(value.length).toBeGreaterThan(0)
    expect(value.length).toBeLessThanOrEqual(1024)
    expect(value.isWellFormed()).toBe(true)
  }
  const all = embed.title.length + embed.description.length + embed.fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  expect(all).toBeLessThanOrEqual(6000)
})

test('a Discord webhook is told in its format, and asked to answer', async () => {
  using folder = scratchFolder()
  const { database } = copyOf(folder)
  await using receiver = await startReceiver(200)
  post(database, alertOf(database), new Date())
  await deliver(database, { ...receiverAt(`${receiver.url}?thread_id=5`), format: 'discord' }, { limits: QUICK })
  expect(receiver.received[0]!.path).toBe('/hook?thread_id=5&wait=true')
  expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ embeds: [{ title: expect.stringContaining('ROWS\\_NOT\\_PRESERVED') as string, timestamp: '2026-11-24T03:15:00.000Z' }] })
})

test.for([
  ['https://discord.com/api/webhooks/1/abc', '', 'discord', ''],
  ['https://discord.com/api/v10/webhooks/1/abc', '', 'discord', ''],
  ['https://discord.com.example.org/api/webhooks/1/abc', '', 'json', ''],
  ['https://example.org/hook', 'discord', 'discord', ''],
  ['http://127.0.0.1:8080/hook', '', 'json', ''],
  ['http://[::1]:8080/hook', '', 'json', ''],
  ['http://example.org/hook', '', 'json', 'http:'],
  ['https://example.org/hook', 'slack', 'json', 'ALERT_WEBHOOK_FORMAT'],
  ['ftp://example.org/', '', null, 'no http'],
  ['not an address', '', null, 'no http'],
  ['https://user:word@example.org/', '', null, 'user name'],
  ['', '', null, ''],
] as const)('where alerts go: %s %s', ([url, format, expected, problem]) => {
  const { receiver, problems } = readReceiver({ ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_FORMAT: format })
  expect(receiver?.format ?? null).toBe(expected)
  expect(problems.join()).toContain(problem)
  if (problem === '') expect(problems).toEqual([])
  expect(problems.join()).not.toMatch(/example|word|address$/)
})

test('a wrong threshold is told, and its default holds', () => {
  const { thresholds, problems } = readThresholds({ ALERT_DEPLOY_BUDGET_SECONDS: 'soon', ALERT_BACKUP_MAX_AGE_HOURS: '-1', ALERT_REPEAT_MINUTES: '5' })
  expect(thresholds).toMatchObject({ deployBudgetSeconds: 300, backupMaxAgeSeconds: 26 * 3600, repeatSeconds: 300, restoreMaxAgeSeconds: null, waitSeconds: 0 })
  expect(problems).toHaveLength(2)
})

test('without a file and a receiver nothing is left behind', async () => {
  using folder = scratchFolder()
  const settings = copyOf(folder)
  await afterCommand({ settings, metricsFile: null, env: {}, warn: () => {} }, ended('deploy', 4, {}))
  expect(existsSync(monitoringFolder(settings.database))).toBe(false)
  // Whoever may read the database may read what is known of it.
  chmodSync(settings.database, 0o640)
  await afterCommand({ settings, metricsFile: folder.file('a.prom'), env: {}, warn: () => {} }, ended('deploy', 4, {}))
  expect(readdirSync(monitoringFolder(settings.database)).sort()).toEqual(['history', 'runs'])
})
