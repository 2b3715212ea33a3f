/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment, @typescript-eslint/no-meaningless-void-operator -- a test writes what the wire has */
import { Client, type DiscordAPIError, GatewayIntentBits } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { createSandbox, NotPossible, type Sandbox } from '../src/index.ts'
import { codeOf, startBot } from './bot.ts'

let sandbox: Sandbox
let bot: Awaited<ReturnType<typeof startBot>>

beforeAll(async () => {
  sandbox = await createSandbox()
  bot = await startBot(sandbox)
})

afterAll(async () => {
  await bot.stop()
  await sandbox.close()
})

/** The next error of the bot. */
async function error(): Promise<unknown> {
  await expect.poll(() => bot.errors.length, { timeout: 5_000 }).toBeGreaterThan(0)
  return bot.errors.splice(0)[0]
}

test('a slash command with options is answered', async () => {
  const answer = await sandbox.user('Ada').slash('/trivia play', { rounds: 3 })
  expect(answer).toMatchObject({ kind: 'message', error: undefined })
  expect(answer.message?.content).toBe('rounds 3')
  await expect(sandbox.user('Ada').slash('/trivia play', { rounds: 99 })).rejects.toThrow(NotPossible)
})

test('options complete themselves', async () => {
  expect((await sandbox.user('Ada').autocomplete('/trivia play', 'category', { category: 'his' })).choices).toEqual([{ name: 'history', value: 'history' }])
})

test('a button updates its message, a select answers for one person only', async () => {
  const { message } = await sandbox.user('Ada').slash('/buttons')
  if (message === undefined) throw new Error('no message')
  expect((await sandbox.user('Bob').click(message, 'B')).message?.content).toBe('clicked by Bob')
  const { message: select } = await sandbox.user('Ada').slash('/choose')
  if (select === undefined) throw new Error('no message')
  const answer = await sandbox.user('Bob').select(select, ['One'])
  expect(answer.message).toMatchObject({ content: 'chose 1', ephemeral: true })
  expect(sandbox.user('Ada').messages().some((each) => each.content === 'chose 1')).toBe(false)
})

test('a modal is filled in', async () => {
  const { modal } = await sandbox.user('Ada').slash('/ask')
  if (modal === undefined) throw new Error('no modal')
  expect((await sandbox.user('Ada').submit(modal, { text: 'hello' })).message?.content).toBe('said hello')
})

test('a deferred answer is edited, and an ephemeral message follows', async () => {
  const answer = await sandbox.user('Ada').slash('/later')
  expect(answer.message?.content).toBe('done')
  await sandbox.until(() => answer.followups.length > 0)
  expect(answer.followups[0]).toMatchObject({ content: 'psst', ephemeral: true })
})

test('after three seconds the interaction is unknown, and the user is told', async () => {
  const answer = sandbox.user('Ada').slash('/slow')
  sandbox.advance(3_001)
  expect((await answer).error).toBe('The application did not respond')
  expect(codeOf(await error())).toBe(10062)
})

test('a second acknowledgement and too long a text are refused', async () => {
  await sandbox.user('Ada').slash('/twice')
  expect(codeOf(await error())).toBe(40060)
  const answer = sandbox.user('Ada').slash('/long')
  const refused = await error() as DiscordAPIError
  expect(refused.rawError).toMatchObject({ code: 50035, errors: { data: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } } })
  sandbox.advance(3_001)
  await answer
})

test('allowed_mentions keep a message from notifying', async () => {
  expect((await sandbox.user('Ada').slash('/ping')).message?.pings).toEqual([])
})

test('the token of an interaction lives for 15 minutes', async () => {
  const answer = await sandbox.user('Ada').slash('/trivia play')
  const token = sandbox.interactions.all.get(answer.interactionId)?.token ?? ''
  sandbox.advance(15 * 60_000)
  const response = await fetch(`${sandbox.url}/v10/webhooks/${sandbox.application.id}/${token}/messages/@original`)
  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ code: 50027 })
})

test('permissions and rate limits are enforced', async () => {
  const send = async (channelId: string): Promise<Response> => fetch(`${sandbox.url}/v10/channels/${channelId}/messages`, { method: 'POST', headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' }, body: '{"content":"hi"}' })
  const closed = sandbox.world.addChannel(sandbox.guild, 'closed')
  closed.overwrites.push({ id: sandbox.guild.id, type: 0, allow: '0', deny: String(1n << 11n) })
  expect(await (await send(closed.id)).json()).toMatchObject({ code: 50013 })
  expect(await (await send('1')).json()).toMatchObject({ code: 10003 })
  const statuses = await Promise.all(Array.from({ length: 6 }, async () => (await send(sandbox.channel.id)).status))
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test('a cut connection is resumed, and what was missed is replayed', async () => {
  sandbox.disconnect()
  await sandbox.until(() => [...sandbox.gateway.sessions.values()].every((session) => session.connection === undefined))
  expect((await sandbox.user('Ada').slash('/trivia play', { rounds: 7 })).message?.content).toBe('rounds 7')
})

test('op 7 resumes, op 9 identifies anew', async () => {
  const changes: string[] = []
  const stop = sandbox.bus.listen((event) => void (event.type === 'gateway' && changes.push(event.change)))
  const resumed = new Promise((resolve) => bot.client.once('shardResume', resolve))
  sandbox.requestReconnect()
  await resumed
  sandbox.invalidateSession()
  await sandbox.until(() => changes.includes('identified'), 15_000)
  stop()
})

test('a wrong token and foreign callers are refused', async () => {
  const closeCode = async (payload: object): Promise<number> => new Promise((resolve) => {
    const socket = new WebSocket(`${sandbox.gatewayUrl}?v=10&encoding=json`)
    socket.once('open', () => socket.send(JSON.stringify({ op: 2, d: payload })))
    socket.once('close', resolve)
  })
  expect(await closeCode({ token: 'wrong', intents: 0 })).toBe(4004)
  expect(await closeCode({ token: sandbox.token, intents: GatewayIntentBits.MessageContent })).toBe(4014)
  await expect(new Client({ intents: [], rest: { api: sandbox.url } }).login('wrong')).rejects.toThrow()
  expect((await fetch(`${sandbox.controlUrl}/state`, { headers: { origin: 'https://example.org' } })).status).toBe(403)
  const refused = await new Promise<string>((resolve) => new WebSocket(`${sandbox.gatewayUrl}?v=10`, { headers: { origin: 'https://example.org' } }).once('error', (thrown) => resolve(thrown.message)))
  expect(refused).toContain('403')
  const foreignHost = await new Promise<string>((resolve) => new WebSocket(`${sandbox.gatewayUrl}?v=10`, { headers: { host: 'example.org' } }).once('error', (thrown) => resolve(thrown.message)))
  expect(foreignHost).toContain('403')
})

test('the control API acts as a user', async () => {
  const response = await fetch(`${sandbox.controlUrl}/slash`, { method: 'POST', body: JSON.stringify({ user: 'Cy', command: '/trivia play', options: { rounds: 2 } }) })
  expect(await response.json()).toMatchObject({ kind: 'message', message: { content: 'rounds 2' } })
})
