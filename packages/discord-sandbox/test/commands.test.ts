import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSandbox, NotPossible, type Sandbox } from '../src/index.ts'
import { request } from './raw-rest.ts'

let sandbox: Sandbox
let commands: string

beforeEach(async () => {
  sandbox = await createSandbox()
  commands = `/applications/${sandbox.application.id}/commands`
})

afterEach(async () => sandbox.close())

const named = (name: string, over: object = {}): object => ({ name, description: name, ...over })

test('a command is made, read, changed and deleted', async () => {
  const made = await request(sandbox, 'POST', commands, named('play'))
  expect(made).toMatchObject({ status: 201, body: { name: 'play', type: 1, application_id: sandbox.application.id } })
  const { id, version } = made.body as { id: string; version: string }
  expect(await request(sandbox, 'POST', commands, named('play'))).toMatchObject({ status: 200, body: { id, version } })
  const changed = await request(sandbox, 'PATCH', `${commands}/${id}`, { description: 'Play a round' })
  expect(changed).toMatchObject({ status: 200, body: { id, description: 'Play a round' } })
  expect((changed.body as { version: string }).version).not.toBe(version)
  sandbox.advance(10_000)
  expect((await request(sandbox, 'GET', commands)).body).toMatchObject([{ id }])
  expect((await request(sandbox, 'GET', `${commands}/${id}`)).body).toMatchObject({ id })
  expect((await request(sandbox, 'DELETE', `${commands}/${id}`)).status).toBe(204)
  expect(await request(sandbox, 'GET', `${commands}/${id}`)).toMatchObject({ status: 404, body: { code: 10063 } })
})

test('a whole set replaces the one before, and keeps the ids of what stays', async () => {
  const first = (await request(sandbox, 'PUT', commands, [named('a'), named('b')])).body as { id: string }[]
  const second = (await request(sandbox, 'PUT', commands, [named('b'), named('c')])).body as { id: string; name: string }[]
  expect(second.map((each) => each.name)).toEqual(['b', 'c'])
  expect(second[0]?.id).toBe(first[1]?.id)
})

test('commands of one server are offered there only, and before those of all', async () => {
  const { guild, channel } = sandbox.addGuild('Second')
  await request(sandbox, 'PUT', `/applications/${sandbox.application.id}/guilds/${guild.id}/commands`, [named('here')])
  await expect(sandbox.user('Ada').slash('/here')).rejects.toThrow(NotPossible)
  expect((await sandbox.user('Ada').in(channel).slash('/here')).kind).toBe('failed')
})

test('other applications, foreign servers and too many commands are refused', async () => {
  expect(await request(sandbox, 'GET', '/applications/1/commands')).toMatchObject({ status: 404, body: { code: 10002 } })
  expect(await request(sandbox, 'GET', `/applications/${sandbox.application.id}/guilds/1/commands`)).toMatchObject({ status: 403, body: { code: 50001 } })
  await request(sandbox, 'PUT', commands, Array.from({ length: 100 }, (_, index) => named(`c${index}`)))
  expect(await request(sandbox, 'POST', commands, named('more'))).toMatchObject({ status: 400, body: { code: 30032 } })
  expect((await request(sandbox, 'POST', commands, named('c5'))).status).toBe(200)
  expect((await request(sandbox, 'POST', commands, { name: 'Menu', type: 2 })).status).toBe(201)
  sandbox.advance(10_000)
  const all = Array.from({ length: 101 }, (_, index) => named(`c${index}`))
  expect((await request(sandbox, 'PUT', commands, all)).body).toMatchObject({ code: 50035, errors: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH' }] } })
})
