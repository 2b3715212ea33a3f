import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../bin/discord-sandbox.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'discord-sandbox-'))
let child: ChildProcess | undefined

afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill()
    await once(child, 'exit')
  }
  child = undefined
  rmSync(folder, { recursive: true, force: true })
})

interface Addresses { readonly api: string; readonly gateway: string; readonly control: string; readonly token: string; readonly applicationId: string; readonly guildId: string; readonly channelId: string }

async function start(...args: string[]): Promise<Addresses> {
  child = spawn(process.execPath, [BIN, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout ?? process.stdin, 'data') as [Buffer]
  return JSON.parse(line.toString('utf8')) as Addresses
}

test('it starts by itself with what the seed says, and ends when it is told to', async () => {
  const seed = join(folder, 'seed.json')
  writeFileSync(seed, JSON.stringify({ token: 'secret', guild: 'Home', guilds: ['Plain', { name: 'Rich', locale: 'de', channels: ['quiz'] }], users: [{ name: 'Ada', locale: 'fr', permissions: '32', directMessages: false }], manyGuilds: { count: 3, channels: 2, roles: 1 } }))
  const addresses = await start('--seed', seed)
  expect(addresses.token).toBe('secret')
  const me = await fetch(`${addresses.api}/v10/users/@me`, { headers: { authorization: 'Bot secret' } })
  expect(await me.json()).toMatchObject({ id: addresses.applicationId })
  const state = await (await fetch(`${addresses.control}/state`)).json() as { guilds: { name: string; channels: { name: string }[] }[] }
  expect(state).toMatchObject({ guild: { id: addresses.guildId, name: 'Home' }, channel: { id: addresses.channelId }, users: [{ name: 'Ada', locale: 'fr', directMessages: false }] })
  expect(state.guilds.map((guild) => guild.name)).toEqual(['Home', 'Server 1', 'Server 2', 'Plain', 'Rich'])
  expect(state.guilds.at(-1)?.channels.map((channel) => channel.name)).toEqual(['general', 'quiz'])
  child?.kill('SIGTERM')
  expect(await once(child ?? process, 'exit')).toEqual([0, null])
})

test('with stable ids everybody is who they were in the run before', async () => {
  const seed = join(mkdtempSync(join(tmpdir(), 'discord-sandbox-')), 'seed.json')
  writeFileSync(seed, JSON.stringify({ stableIds: true, guilds: ['Café', { name: 'Club', channels: ['quiz', 'quiz'] }], users: [{ name: 'Ada' }] }))
  const ids = async (): Promise<string[]> => {
    const { control, applicationId } = await start('--seed', seed)
    const state = await (await fetch(`${control}/state`)).text()
    child?.kill()
    await once(child ?? process, 'exit')
    return [applicationId, ...[...state.matchAll(/"id":"(\d+)"/g)].map(([, id]) => id ?? '')]
  }
  const [first, second] = [await ids(), await ids()]
  const [again, ...others] = first.filter((id) => !second.includes(id))
  // Only the second channel of one name has an id of its time.
  expect([again, others]).toEqual([expect.stringMatching(/^\d{17,}$/), []])
  expect(new Set(first.map((id) => id.slice(0, 3))).size).toBeGreaterThan(1)
  rmSync(join(seed, '..'), { recursive: true })
})

test('a seed with what it does not know is refused', async () => {
  const seed = join(mkdtempSync(join(tmpdir(), 'discord-sandbox-')), 'seed.json')
  writeFileSync(seed, JSON.stringify({ gilds: [] }))
  child = spawn(process.execPath, [BIN, '--port', '0', '--seed', seed], { stdio: 'ignore' })
  expect((await once(child, 'exit'))[0]).not.toBe(0)
  rmSync(join(seed, '..'), { recursive: true })
})
