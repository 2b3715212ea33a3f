import { Client, GatewayIntentBits } from 'discord.js'
import { expect, test } from 'vitest'
import { createSandbox } from '../src/index.ts'
import { connectClient } from './bot.ts'
import { connectRaw, identify } from './raw-gateway.ts'
import { request } from './raw-rest.ts'

test('zlib-stream packs every payload into one stream', async () => {
  await using sandbox = await createSandbox()
  const gateway = await connectRaw(sandbox, 'v=10&encoding=json&compress=zlib-stream')
  expect((await gateway.find((each) => each.op === 10)).d).toMatchObject({ heartbeat_interval: 41_250 })
  gateway.send(identify(sandbox))
  await gateway.find((each) => each.t === 'READY')
  const created = await gateway.find((each) => each.t === 'GUILD_CREATE')
  expect(created.d).toMatchObject({ id: sandbox.guild.id, name: 'Sandbox' })
  gateway.send({ op: 1, d: 2 })
  await gateway.find((each) => each.op === 11)
  expect(gateway.packed()).toBe(gateway.payloads.length)
})

test('a client may ask for large payloads to be packed each by itself', async () => {
  await using sandbox = await createSandbox()
  const gateway = await connectRaw(sandbox)
  gateway.send(identify(sandbox, { compress: true }))
  expect((await gateway.find((each) => each.t === 'GUILD_CREATE')).d).toMatchObject({ name: 'Sandbox' })
  expect(gateway.packed()).toBe(1)
})

test.for([
  { title: 'an unknown opcode', payload: { op: 99 }, code: 4001 },
  { title: 'no JSON', payload: 'what?', code: 4002 },
  { title: 'too large a payload', payload: { op: 1, d: 'x'.repeat(5_000) }, code: 4002 },
  { title: 'a payload before IDENTIFY', payload: { op: 3, d: {} }, code: 4003 },
  { title: 'a wrong token', data: { token: 'wrong' }, code: 4004 },
  { title: 'a shard that is not one of so many', data: { shard: [2, 2] }, code: 4010 },
  { title: 'a shard that is no number', data: { shard: ['0', 1] }, code: 4010 },
  { title: 'intents that do not exist', data: { intents: 1 << 30 }, code: 4013 },
  { title: 'no intents', data: { intents: undefined }, code: 4013 },
  { title: 'intents that are not switched on', data: { intents: GatewayIntentBits.GuildMembers }, code: 4014 },
])('$title closes the connection with $code', async ({ payload, data, code }) => {
  await using sandbox = await createSandbox()
  const gateway = await connectRaw(sandbox)
  gateway.send(payload ?? identify(sandbox, data))
  expect(await gateway.closed).toBe(code)
})

test('a second IDENTIFY, another version, and too many payloads close the connection', async () => {
  await using sandbox = await createSandbox()
  const twice = await connectRaw(sandbox)
  twice.send(identify(sandbox))
  twice.send(identify(sandbox))
  expect(await twice.closed).toBe(4005)
  expect(await (await connectRaw(sandbox, 'v=8&encoding=json')).closed).toBe(4012)
  const busy = await connectRaw(sandbox)
  for (let sent = 0; sent <= 120; sent += 1) busy.send({ op: 1, d: null })
  expect(await busy.closed).toBe(4008)
})

test('more than 2,500 servers need more than one shard', async () => {
  await using sandbox = await createSandbox({ manyGuilds: { count: 2_501, channels: 2, roles: 1 } })
  expect(await request(sandbox, 'GET', '/gateway/bot')).toMatchObject({ body: { shards: 2, session_start_limit: { total: 1_000, max_concurrency: 16 } } })
  const alone = await connectRaw(sandbox)
  alone.send(identify(sandbox))
  expect(await alone.closed).toBe(4011)
  const half = await connectRaw(sandbox)
  half.send(identify(sandbox, { shard: [1, 2] }))
  const ready = await half.find((each) => each.t === 'READY')
  const { guilds } = ready.d as { guilds: { id: string }[] }
  expect(guilds.length).toBeGreaterThan(1_200)
  expect(guilds.every((guild) => (BigInt(guild.id) >> 22n) % 2n === 1n)).toBe(true)
})

test('servers of many have their channels and roles, and commands work there', async () => {
  await using sandbox = await createSandbox({ manyGuilds: { count: 3, channels: 20, roles: 15 } })
  const client = await connectClient(sandbox, { intents: [GatewayIntentBits.Guilds] })
  const guild = client.guilds.cache.find((each) => each.name === 'Server 2')
  expect(guild?.channels.cache.size).toBe(20)
  expect(guild?.roles.cache.size).toBe(16)
  await client.application.commands.set([{ name: 'where', description: 'where' }])
  client.on('interactionCreate', (interaction) => void (interaction.isChatInputCommand() && interaction.reply(interaction.guild?.name ?? '')))
  const channel = sandbox.world.channels.get(guild?.channels.cache.first()?.id ?? '')
  if (channel === undefined) throw new Error('no channel')
  expect((await sandbox.user('Ada').in(channel).slash('/where')).message?.content).toBe('Server 2')
  await client.destroy()
})

test('each of two shards has its own servers and interactions', async () => {
  await using sandbox = await createSandbox()
  const even = sandbox.addGuild('even', 'en-US', String(1_000n << 22n))
  const odd = sandbox.addGuild('odd', 'en-US', String(1_001n << 22n))
  const client = await connectClient(sandbox, { intents: [GatewayIntentBits.Guilds], shards: [0, 1], shardCount: 2 })
  await client.application.commands.set([{ name: 'shard', description: 'shard' }])
  client.on('interactionCreate', (interaction) => void (interaction.isChatInputCommand() && interaction.reply(`on ${interaction.guild?.shardId ?? '?'}`)))
  expect((await sandbox.user('Ada').in(even.channel).slash('/shard')).message?.content).toBe('on 0')
  expect((await sandbox.user('Ada').in(odd.channel).slash('/shard')).message?.content).toBe('on 1')
  await client.destroy()
})

test('the time between two IDENTIFYs is Discord’s, unless it was told', async () => {
  const outcome = async (identifyWindow?: number): Promise<number[]> => {
    await using sandbox = await createSandbox(identifyWindow === undefined ? {} : { identify: { windowMs: identifyWindow } })
    const ops: number[] = []
    for (let turn = 0; turn < 2; turn += 1) {
      const gateway = await connectRaw(sandbox)
      gateway.send(identify(sandbox))
      ops.push((await gateway.find((payload) => payload.op === 9 || payload.t === 'READY')).op)
      gateway.cut()
    }
    return ops
  }
  expect(await outcome()).toEqual([0, 9])
  expect(await outcome(0)).toEqual([0, 0])
})

test('whoever identifies too often loses the token, and all connections', async () => {
  await using sandbox = await createSandbox({ identify: { total: 2, maxConcurrency: 16 } })
  const first = await connectRaw(sandbox)
  first.send(identify(sandbox, { shard: [0, 3] }))
  const second = await connectRaw(sandbox)
  second.send(identify(sandbox, { shard: [1, 3] }))
  await Promise.all([first, second].map(async (each) => each.find(({ t }) => t === 'READY')))
  expect(await request(sandbox, 'GET', '/gateway/bot')).toMatchObject({ body: { session_start_limit: { total: 2, remaining: 0 } } })
  const third = await connectRaw(sandbox)
  third.send(identify(sandbox, { shard: [2, 3] }))
  expect(await Promise.all([first.closed, second.closed, third.closed])).toEqual([4004, 4004, 4004])
  expect((await request(sandbox, 'GET', '/users/@me')).status).toBe(401)
})

test('one shard may not identify twice within five seconds', async () => {
  await using sandbox = await createSandbox({ identify: { total: 10, maxConcurrency: 1 } })
  const first = await connectRaw(sandbox)
  first.send(identify(sandbox))
  await first.find(({ t }) => t === 'READY')
  const second = await connectRaw(sandbox)
  second.send(identify(sandbox))
  expect((await second.find(({ op }) => op === 9)).d).toBe(false)
})

test('resuming replays exactly what was missed; a session of long ago cannot be resumed', async () => {
  await using sandbox = await createSandbox()
  const first = await connectRaw(sandbox)
  first.send(identify(sandbox, { intents: 1 | 1 << 9 }))
  const { session_id: sessionId } = (await first.find(({ t }) => t === 'READY')).d as { session_id: string }
  const { s: seq } = await first.find(({ t }) => t === 'GUILD_CREATE')
  first.cut()
  await sandbox.until(() => sandbox.gateway.sessions.get(sessionId)?.connection === undefined)
  const missed = [sandbox.user('Ada').write('one').id, sandbox.user('Ada').write('two').id]

  const second = await connectRaw(sandbox)
  second.send({ op: 6, d: { token: sandbox.token, session_id: sessionId, seq } })
  await second.find(({ t }) => t === 'RESUMED')
  expect(second.payloads.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => (d as { id: string }).id)).toEqual(missed)
  expect(second.payloads.filter(({ op }) => op === 0).map(({ s }) => s)).toEqual([(seq ?? 0) + 1, (seq ?? 0) + 2, (seq ?? 0) + 3])

  const ahead = await connectRaw(sandbox)
  ahead.send({ op: 6, d: { token: sandbox.token, session_id: sessionId, seq: 1_000 } })
  expect(await ahead.closed).toBe(4007)
  second.cut()
  await sandbox.until(() => sandbox.gateway.sessions.get(sessionId)?.connection === undefined)
  sandbox.advance(60 * 60_000)
  const late = await connectRaw(sandbox)
  late.send({ op: 6, d: { token: sandbox.token, session_id: sessionId, seq } })
  expect((await late.find(({ op }) => op === 9)).d).toBe(false)
})

test('a client that closed with 1000 has no session to come back to', async () => {
  await using sandbox = await createSandbox()
  const client = await connectClient(sandbox, { intents: [] })
  expect(sandbox.gateway.sessions.size).toBe(1)
  await client.destroy()
  await sandbox.until(() => sandbox.gateway.sessions.size === 0)
})

test('discord.js refuses to start with a wrong token or intents that are not switched on', async () => {
  await using sandbox = await createSandbox()
  await expect(new Client({ intents: [], rest: { api: sandbox.url } }).login('wrong')).rejects.toThrow('invalid token')
  await expect(connectClient(sandbox, { intents: [GatewayIntentBits.MessageContent] })).rejects.toThrow('disallowed intents')
})

test('members are sent to whoever asks for them', async () => {
  await using sandbox = await createSandbox({ privilegedIntents: GatewayIntentBits.GuildMembers })
  const ada = sandbox.user('Ada')
  const client = await connectClient(sandbox, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers] })
  const members = await client.guilds.cache.get(sandbox.guild.id)?.members.fetch()
  expect(members?.get(ada.id)?.displayName).toBe('Ada')
  await client.destroy()
})
