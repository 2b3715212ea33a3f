import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { afterCommand } from '../src/alerts/after-command.ts'
import type { Alert } from '../src/alerts/alert.ts'
import { deliver, type Patience } from '../src/alerts/deliver.ts'
import { discordMessage } from '../src/alerts/discord-message.ts'
import { claim, post } from '../src/alerts/outbox.ts'
import { readReceiver, type Receiver } from '../src/alerts/receiver.ts'
import { sign } from '../src/alerts/request.ts'
import { monitoringFolder, outboxFolder } from '../src/metrics/folder.ts'
import { commandLine, deliverersOf, ended, SECRET, settingsIn, startReceiver, verified } from './alert-receiver.ts'
import { deployedDatabase } from './deployed.ts'

const QUICK: Patience = { timeoutMs: 300, firstPauseMs: 20, longestPauseMs: 100, totalMs: 4_000 }

const base = deployedDatabase()

function alertOf(database: string, id = 'a-1'): Alert {
  return { id, status: 'firing', name: 'migration_failed', severity: 'critical', summary: 'A deploy failed: ROWS_NOT_PRESERVED', what: 'Rows were lost.', why: 'users: 3 rows', next: 'Mend the migration.', at: '2026-11-24T03:15:00.000Z', database, host: 'server' }
}

test('the signature is what openssl makes of timestamp, dot and body', () => {
  const made = execFileSync('openssl', ['dgst', '-sha256', '-hmac', SECRET, '-r'], { input: '1764000000.{"a":1}' }).toString()
  expect(made.startsWith(sign(SECRET, '1764000000', '{"a":1}'))).toBe(true)
})

const receiverAt = (url: string): Receiver => ({ url: new URL(url), format: 'json', secret: SECRET })

test('a receiver that stumbles gets it in the end, one that asks for time gets time, in order', async () => {
  using folder = scratchFolder()
  const { database } = settingsIn(folder, base)
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
  const { database } = settingsIn(folder, base)
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
  const settings = settingsIn(folder, base)
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
  const settings = settingsIn(folder, base)
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
  const { database } = settingsIn(folder, base)
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
  const { database } = settingsIn(folder, base)
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
