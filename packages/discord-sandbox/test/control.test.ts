/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- a test writes what the wire has */
import { type Client, GatewayIntentBits } from 'discord.js'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import WebSocket from 'ws'
import { CONTROL_ENDPOINTS } from '../src/control/control-api.ts'
import { createSandbox, type Sandbox } from '../src/index.ts'
import { connectClient, eventOf } from './bot.ts'
import { listenTo } from './event-stream.ts'

let sandbox: Sandbox
let client: Client<true>

beforeAll(async () => {
  sandbox = await createSandbox()
  client = await connectClient(sandbox, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] })
  await client.application.commands.set([
    { name: 'where', description: 'w' }, { name: 'panel', description: 'p' }, { name: 'ask', description: 'a' },
    { name: 'import', description: 'i', options: [{ name: 'file', description: 'f', type: 11 }, { name: 'topic', description: 't', type: 3, autocomplete: true }] },
    { name: 'Score', type: 2 }, { name: 'Report', type: 3 },
  ])
  client.on('interactionCreate', (interaction) => {
    const answer = async (): Promise<unknown> => {
      if (interaction.isAutocomplete()) return interaction.respond([{ name: interaction.options.getFocused().toUpperCase(), value: 'x' }])
      if (interaction.isButton()) return interaction.update({ content: 'clicked' })
      if (interaction.isStringSelectMenu()) return interaction.reply(`chose ${interaction.values.join()}`)
      if (interaction.isModalSubmit()) return interaction.reply(`said ${interaction.fields.getTextInputValue('t')}`)
      if (interaction.isUserContextMenuCommand()) return interaction.reply(`score of ${interaction.targetUser.globalName ?? ''}`)
      if (interaction.isMessageContextMenuCommand()) return interaction.reply(`reported ${interaction.targetMessage.content}`)
      if (!interaction.isChatInputCommand()) return undefined
      if (interaction.commandName === 'panel') return interaction.reply({ content: 'panel', components: [{ type: 1, components: [{ type: 2, style: 1, label: 'B', customId: 'b' }] }, { type: 1, components: [{ type: 3, customId: 's', options: [{ label: 'One', value: '1' }] }] }] })
      if (interaction.commandName === 'ask') return interaction.showModal({ customId: 'm', title: 'Ask', components: [{ type: 18, label: 'Text', component: { type: 4, customId: 't', style: 1, label: '' } }] })
      if (interaction.commandName === 'import') return interaction.reply({ content: await (await fetch(interaction.options.getAttachment('file', true).url)).text(), flags: 64 })
      return interaction.reply(`${interaction.guild?.name ?? 'nowhere'} ${interaction.channelId}`)
    }
    answer().catch((error: unknown) => client.emit('error', error as Error))
  })
})

afterAll(async () => {
  await client.destroy()
  await sandbox.close()
})

async function post(path: string, body: object = {}): Promise<{ status: number; body: Record<string, unknown> & { message?: { id: string; content: string } } }> {
  const response = await fetch(`${sandbox.controlUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() as Record<string, unknown> }
}

async function get(path: string): Promise<unknown> {
  return (await fetch(`${sandbox.controlUrl}${path}`)).json()
}

test('servers, channels, roles and users are made and taken away', async () => {
  const { body: made } = await post('/guild', { name: 'Second' })
  const { body: channel } = await post('/channel', { guild: 'Second', name: 'quiz', topic: 'q' })
  expect(await post('/slash', { user: 'Ada', guild: 'Second', channel: 'quiz', command: '/where' })).toMatchObject({ body: { message: { content: `Second ${String(channel['channelId'])}` } } })
  const { body: role } = await post('/role', { guild: 'Second', name: 'Experts', permissions: ['ManageGuild'] })
  await post('/role-permissions', { guild: 'Second', role: role['roleId'], permissions: '8' })
  await post('/user', { name: 'Bob', guild: 'Second', locale: 'de', permissions: '32', directMessages: false })
  await post('/deny-bot', { guild: 'Second', channel: 'quiz', permissions: ['SendMessages'] })
  await post('/allow-bot', { guild: 'Second', permissions: ['ManageMessages'] })
  await post('/leave', { guild: 'Second', user: 'Ada' })
  await post('/join', { guild: 'Second', user: 'Cy' })

  const state = await get('/state') as { guilds: { name: string; members: { name: string }[] }[] }
  expect(state).toMatchObject({ guild: { name: 'Sandbox' }, guildCount: 2, application: { id: sandbox.application.id }, connections: [{ shard: [0, 1], connected: true }] })
  expect(state).toHaveProperty('commands.3.options.0.name', 'file')
  expect(state).toHaveProperty('users', expect.arrayContaining([expect.objectContaining({ name: 'Bob', locale: 'de', directMessages: false })]))
  const second = state.guilds.find((guild) => guild.name === 'Second')
  expect(second).toMatchObject({ id: made['guildId'], hasBot: true, roles: expect.arrayContaining([{ id: role['roleId'], name: 'Experts', permissions: '8' }]) as unknown, channels: [{ name: 'general' }, { name: 'quiz', topic: 'q', overwrites: [{ id: sandbox.application.id, deny: '2048' }] }] })
  expect(second?.members.map((member) => member.name)).toEqual(['owner of Second', 'trivia', 'Bob', 'Cy'])

  const gone = eventOf(client, 'channelDelete')
  await post('/delete-channel', { guild: 'Second', channel: 'quiz' })
  expect((await gone)[0].id).toBe(channel['channelId'])
  for (const path of ['/remove-bot', '/add-bot', '/delete-guild']) expect((await post(path, { guild: 'Second' })).body).toEqual({ done: true })
  expect((await post('/slash', { user: 'Ada', guild: 'Second', command: '/where' })).status).toBe(422)
})

test('users act', async () => {
  const { body: panel } = await post('/slash', { user: 'Ada', command: '/panel' })
  const id = panel.message?.id
  expect((await post('/select', { user: 'Ada', message: id, values: ['One'] })).body.message?.content).toBe('chose 1')
  expect((await post('/click', { user: 'Ada', message: id, button: 'B' })).body).toMatchObject({ kind: 'update', message: { content: 'clicked' } })
  const { body: asked } = await post('/slash', { user: 'Ada', command: '/ask' })
  expect(asked).toMatchObject({ kind: 'modal', modal: { title: 'Ask' } })
  expect((await post('/submit', { user: 'Ada', interaction: asked['interactionId'], values: { t: 'hello' } })).body.message?.content).toBe('said hello')
  expect((await post('/autocomplete', { user: 'Ada', command: '/import', focused: 'topic', options: { topic: 'hi' } })).body['choices']).toEqual([{ name: 'HI', value: 'x' }])
  expect((await post('/slash', { user: 'Ada', command: '/import', options: { file: { filename: 'a.csv', base64: btoa('a,b'), contentType: 'text/csv' } } })).body).toMatchObject({ message: { content: 'a,b', ephemeral: true } })
  expect((await post('/on-user', { user: 'Ada', command: 'Score', target: 'Bob' })).body.message?.content).toBe('score of Bob')
  expect((await post('/slash', { user: 'Ada', command: '/where', direct: true })).body.message?.content).toMatch(/^nowhere/)
})

test('users write, and see what is for them', async () => {
  const { body: written } = await post('/write', { user: 'Bob', content: 'spam', files: [{ filename: 'a.txt', base64: btoa('a') }] })
  expect(written).toMatchObject({ content: 'spam', author: { global_name: 'Bob' }, attachments: [{ filename: 'a.txt', size: 1 }] })
  const message = written['id']
  expect((await post('/write', { user: 'Ada', content: 'no spam', replyTo: message })).body).toMatchObject({ referenced_message: { id: message } })
  expect((await post('/on-message', { user: 'Ada', command: 'Report', message })).body.message?.content).toBe('reported spam')
  expect(await get('/messages?user=Ada')).toEqual(expect.arrayContaining([expect.objectContaining({ content: 'a,b', ephemeral: true }), expect.objectContaining({ id: message })]))
  expect(await get('/messages?user=Bob')).not.toEqual(expect.arrayContaining([expect.objectContaining({ content: 'a,b' })]))
  await post('/delete-message', { message })
  expect(await get('/messages?user=Bob')).not.toEqual(expect.arrayContaining([expect.objectContaining({ id: message })]))
  expect((await post('/delete-message', { message })).status).toBe(422)
})

test('a page hears of everything as it happens', async () => {
  const all = await listenTo(`${sandbox.controlUrl}/events`)
  const bobs = await listenTo(`${sandbox.controlUrl}/events?user=Bob`)
  const { body: answer } = await post('/slash', { user: 'Ada', command: '/import', options: { file: { filename: 'a.csv', base64: btoa('secret') } } })
  expect((await all.next(({ event, data }) => event === 'message' && data['messageId'] === answer.message?.id)).data).toMatchObject({ change: 'create', onlyFor: sandbox.user('Ada').id, message: { content: 'secret', ephemeral: true } })
  const answered = await all.next(({ event, data }) => event === 'interaction' && data['change'] === 'answered')
  expect(answered.data).toMatchObject({ interaction: { id: answer['interactionId'], label: '/import', state: 'answered', timeToFirstAnswerMs: expect.any(Number) as unknown } })
  expect(JSON.stringify(all.all)).not.toContain(sandbox.interactions.all.get(String(answer['interactionId']))?.token)
  await client.rest.get('/channels/1').catch(() => {})
  expect((await all.next(({ event, data }) => event === 'request' && data['refused'] === true)).data).toMatchObject({ status: 404, code: 10003, error: { message: 'Unknown Channel' } })
  await post('/advance', { milliseconds: 1_000 })
  await all.next(({ event }) => event === 'clock')
  await post('/channel', { name: 'new' })
  expect((await all.next(({ event }) => event === 'place')).data).toMatchObject({ what: 'channel', change: 'create', guildId: sandbox.guild.id })
  sandbox.user('Ada').write('for all')
  await bobs.next(({ event, data }) => event === 'message' && JSON.stringify(data).includes('for all'))
  expect(JSON.stringify(bobs.all.filter(({ event }) => event === 'message'))).not.toContain('secret')
  all.stop()
  bobs.stop()
  expect((await fetch(`${sandbox.controlUrl}/events?user=Nobody`)).status).toBe(422)
})

test('faults are made, and what was refused is listed', async () => {
  expect(await post('/slow', { restMs: 5 })).toMatchObject({ status: 200 })
  await post('/slow')
  await post('/rate-limit', { requests: 1, retryAfterMs: 1 })
  await client.rest.get('/users/@me')
  expect(await get('/requests?refused=true')).toEqual(expect.arrayContaining([expect.objectContaining({ path: '/v10/users/@me', status: 429 })]))
  expect((await get('/requests') as unknown[]).length).toBeGreaterThan(2)
  expect(await get('/interactions')).toEqual(expect.arrayContaining([expect.objectContaining({ label: '/panel', state: 'answered' })]))
  for (const [path, body] of [['/reconnect', {}], ['/invalid-session', { resumable: true }], ['/close-connections', { code: 4000 }], ['/disconnect', {}]] as const) {
    const resumed = eventOf(client, 'shardResume')
    expect((await post(path, body)).body).toEqual({ done: true })
    await resumed
  }
})

test('wrong requests say what is wrong', async () => {
  expect((await post('/nowhere')).status).toBe(404)
  expect((await post('/constructor')).status).toBe(404)
  expect(await post('/slash', { user: 'Ada' })).toMatchObject({ status: 400, body: { error: expect.stringContaining('command') as unknown } })
  expect((await post('/slash', { user: 'Ada', command: '/where', what: 1 })).status).toBe(400)
  expect(await post('/slash', { user: 'Ada', command: '/unknown' })).toMatchObject({ status: 422, body: { error: 'There is no command /unknown.' } })
  expect((await post('/slash', { user: 'Ada', command: '/where', channel: 'none' })).status).toBe(422)
  expect((await post('/deny-bot', { permissions: ['Fly'] })).status).toBe(422)
  expect((await post('/submit', { user: 'Ada', interaction: '1', values: {} })).status).toBe(422)
  expect((await fetch(`${sandbox.controlUrl}/slash`, { method: 'POST', body: '{' })).status).toBe(400)
  expect((await fetch(`${sandbox.controlUrl}/messages`)).status).toBe(422)
})

test.for([
  { host: 'example.org' }, { host: 'localhost.example.org' }, { origin: 'https://example.org' }, { origin: 'null' }, { origin: 'http://127.0.0.1:1' },
])('callers from elsewhere are refused: %o', async (headers) => {
  for (const path of ['/api/v10/gateway', '/control/state', '/control/events', '/attachments/1/1/a']) {
    const status = await new Promise((resolve, reject) => httpRequest(`${sandbox.url.replace('/api', '')}${path}`, { headers }, (response) => resolve(response.resume().statusCode)).once('error', reject).end())
    expect(status, path).toBe(403)
  }
  const refused = await new Promise<string>((resolve) => new WebSocket(`${sandbox.gatewayUrl}?v=10`, { headers }).once('error', (error) => resolve(error.message)))
  expect(refused).toContain('403')
})

test('the page of the same address is let in', async () => {
  expect((await fetch(`${sandbox.controlUrl}/state`, { headers: { origin: new URL(sandbox.url).origin } })).status).toBe(200)
})

test('the README lists every endpoint', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const listed = [...readme.matchAll(/^\| `((?:GET|POST) \/[a-z-]+)/gm)].map((match) => match[1])
  expect(listed.toSorted()).toEqual(CONTROL_ENDPOINTS.toSorted())
})
