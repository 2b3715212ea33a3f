import { GatewayIntentBits } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Answer, createSandbox, type Sandbox } from '../src/index.ts'
import { connectClient } from './bot.ts'
import { connectRaw, identify, type RawGateway } from './raw-gateway.ts'
import { type RawAnswer, request } from './raw-rest.ts'

let sandbox: Sandbox
let gateway: RawGateway
let seen = 0

beforeEach(async () => {
  seen = 0
  sandbox = await createSandbox({ frozen: true, settleMs: 100 })
  gateway = await connectRaw(sandbox)
  gateway.send(identify(sandbox))
  await gateway.find(({ t }) => t === 'GUILD_CREATE')
  await request(sandbox, 'PUT', `/applications/${sandbox.application.id}/commands`, [{ name: 'go', description: 'g' }])
})

afterEach(async () => sandbox.close())

interface Sent { readonly callback: (body: object, query?: string) => Promise<RawAnswer>; readonly webhook: string; readonly data: Readonly<Record<string, unknown>> }

/** The next interaction that the bot is told of, and where it answers. */
async function received(): Promise<Sent> {
  const { d, s } = await gateway.find(({ t, s: at }) => t === 'INTERACTION_CREATE' && (at ?? 0) > seen)
  seen = s ?? seen
  const data = d as { id: string; token: string }
  return { data: { ...data }, webhook: `/webhooks/${sandbox.application.id}/${data.token}`, callback: async (body, query = '') => request(sandbox, 'POST', `/interactions/${data.id}/${data.token}/callback${query}`, body) }
}

async function start(): Promise<Sent & { answer: Promise<Answer> }> {
  const answer = sandbox.user('Ada').slash('/go')
  return { answer, ...await received() }
}

test('an interaction says who did what, where, and what may be done there', async () => {
  const { data, callback } = await start()
  expect(data).toMatchObject({
    type: 2, version: 1, application_id: sandbox.application.id, guild_id: sandbox.guild.id, channel_id: sandbox.channel.id, locale: 'en-US', guild_locale: 'en-US', context: 0,
    data: { name: 'go', type: 1 }, member: { user: { id: sandbox.user('Ada').id, global_name: 'Ada' }, permissions: expect.stringMatching(/^\d+$/) as unknown }, app_permissions: expect.stringMatching(/^\d+$/) as unknown,
  })
  await callback({ type: 4, data: { content: 'x' } })
})

test('the answer, edits and further messages go through the webhook', async () => {
  const { answer, callback, webhook } = await start()
  expect(await callback({ type: 4, data: { content: 'hello', flags: 64 } }, '?with_response=true')).toMatchObject({ status: 200, body: { interaction: { response_message_ephemeral: true }, resource: { type: 4, message: { content: 'hello' } } } })
  const { message } = await answer
  expect((await request(sandbox, 'GET', `${webhook}/messages/@original`)).body).toMatchObject({ id: message?.id, content: 'hello' })
  // An ephemeral message is in no channel.
  expect((await request(sandbox, 'GET', `/channels/${sandbox.channel.id}/messages/${message?.id ?? ''}`)).body).toMatchObject({ code: 10008 })
  const { body: more } = await request(sandbox, 'POST', webhook, { content: 'more' })
  const followup = `${webhook}/messages/${(more as { id: string }).id}`
  expect((await request(sandbox, 'PATCH', followup, { content: 'even more' })).body).toMatchObject({ content: 'even more' })
  expect((await request(sandbox, 'PATCH', followup, { content: 'x'.repeat(2_001) })).body).toMatchObject({ code: 50035, errors: { content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } } })
  expect((await request(sandbox, 'DELETE', followup)).status).toBe(204)
  expect((await request(sandbox, 'PATCH', followup, { content: 'x' })).body).toMatchObject({ code: 10008 })
  expect((await request(sandbox, 'DELETE', `${webhook}/messages/@original`)).status).toBe(204)
  expect(message?.deleted).toBe(true)
})

test('a deferred answer is loading until it is edited, and then no edit makes it so again', async () => {
  const { answer, callback, webhook } = await start()
  await callback({ type: 5, data: { flags: 64 } })
  const { message } = await answer
  expect(message).toMatchObject({ loading: true, ephemeral: true, content: '' })
  expect((await request(sandbox, 'PATCH', `${webhook}/messages/@original`, {})).body).toMatchObject({ code: 50006 })
  await request(sandbox, 'PATCH', `${webhook}/messages/@original`, { content: `<@${sandbox.user('Ada').id}>` })
  expect(message).toMatchObject({ loading: false, ephemeral: true, pings: [sandbox.user('Ada').id] })
})

test('a first message after a deferral takes its place', async () => {
  const { answer, callback, webhook } = await start()
  await callback({ type: 5 })
  await request(sandbox, 'POST', webhook, { content: 'here' })
  expect((await answer).message).toMatchObject({ loading: false, content: 'here' })
  expect((await answer).followups).toEqual([])
})

test('each deadline and each double answer has its code', async () => {
  const late = await start()
  sandbox.advance(3_001)
  expect(await late.callback({ type: 4, data: { content: 'x' } })).toMatchObject({ status: 404, body: { code: 10062 } })
  expect(await late.answer).toMatchObject({ kind: 'failed', error: 'The application did not respond', timeToFirstAnswerMs: undefined })
  const { answer, callback, webhook } = await start()
  expect((await request(sandbox, 'POST', webhook, { content: 'x' })).body).toMatchObject({ code: 10015 })
  sandbox.advance(2_999)
  expect((await callback({ type: 5 })).status).toBe(204)
  expect(await callback({ type: 5 })).toMatchObject({ status: 400, body: { code: 40060 } })
  expect((await answer).timeToFirstAnswerMs).toBe(2_999)
  sandbox.advance(15 * 60_000 - 3_000)
  expect((await request(sandbox, 'PATCH', `${webhook}/messages/@original`, { content: 'x' })).status).toBe(200)
  sandbox.advance(1)
  for (const [method, path] of [['POST', webhook], ['PATCH', `${webhook}/messages/@original`], ['DELETE', `${webhook}/messages/@original`]] as const) {
    expect(await request(sandbox, method, path, method === 'DELETE' ? undefined : { content: 'x' })).toMatchObject({ status: 401, body: { code: 50027 } })
  }
  expect((await request(sandbox, 'POST', `/webhooks/${sandbox.application.id}/none`, { content: 'x' })).body).toMatchObject({ code: 10015 })
})

test('a component\'s message can be changed later, and a modal can be opened from it', async () => {
  const first = await start()
  await first.callback({ type: 4, data: { content: 'old', components: [{ type: 1, components: [{ type: 2, style: 1, label: 'B', custom_id: 'b' }] }] } })
  const { message } = await first.answer
  if (message === undefined) throw new Error('no message')
  const clicked = sandbox.user('Bob').click(message, 'B')
  const { callback, webhook, data } = await received()
  expect(data).toMatchObject({ type: 3, message: { id: message.id }, data: { custom_id: 'b', component_type: 2 } })
  await callback({ type: 6 })
  expect(await clicked).toMatchObject({ kind: 'update', message: { id: message.id, content: 'old' } })
  await request(sandbox, 'PATCH', `${webhook}/messages/@original`, { content: 'new' })
  expect(message.content).toBe('new')

  const asked = sandbox.user('Bob').click(message, 'B')
  await (await received()).callback({ type: 9, data: { custom_id: 'm', title: 'T', components: [{ type: 18, label: 'L', component: { type: 3, custom_id: 's', options: [{ label: 'One', value: '1' }] } }, { type: 18, label: 'F', component: { type: 19, custom_id: 'f', required: false } }] } })
  const { modal } = await asked
  if (modal === undefined) throw new Error('no modal')
  const sent = sandbox.user('Bob').submit(modal, { s: 'One', f: [{ filename: 'a.csv', content: 'a' }] })
  const submitted = await received()
  expect(submitted.data).toMatchObject({ type: 5, message: { id: message.id }, data: { custom_id: 'm', components: [{ component: { custom_id: 's', values: ['1'] } }, { component: { custom_id: 'f', values: [expect.any(String)] } }], resolved: { attachments: {} } } })
  await submitted.callback({ type: 7, data: { content: 'newest' } })
  await sent
  expect(message.content).toBe('newest')
})

test('while nobody is connected an interaction fails at once', async () => {
  gateway.cut()
  await sandbox.until(() => [...sandbox.gateway.sessions.values()].every((session) => session.connection === undefined))
  sandbox.gateway.sessions.clear()
  expect((await sandbox.user('Ada').slash('/go')).error).toBe('The application did not respond')
})

test('hundreds of commands are in flight at a time, and those that are over are forgotten', async () => {
  await using busy = await createSandbox({ kept: { interactions: 300 } })
  const client = await connectClient(busy, { intents: [GatewayIntentBits.Guilds] })
  await client.application.commands.set([{ name: 'ping', description: 'p' }])
  client.on('interactionCreate', (interaction) => void (interaction.isChatInputCommand() && interaction.reply(interaction.id)))
  const users = Array.from({ length: 20 }, (_, index) => busy.user(`user ${index}`))
  let started = 0
  let right = 0
  await Promise.all(Array.from({ length: 200 }, async (_, worker) => {
    while (started < 1_500) {
      started += 1
      const answer = await users[worker % 20]?.slash('/ping')
      if (answer?.message?.content === answer?.interactionId) right += 1
    }
  }))
  expect(right).toBe(started)
  expect(busy.interactions.all.size).toBeLessThan(600)
  await client.destroy()
})
