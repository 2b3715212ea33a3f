import { PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSandbox, type Sandbox } from '../src/index.ts'
import { type RawAnswer, request } from './raw-rest.ts'

let sandbox: Sandbox
let here: string

beforeEach(async () => {
  sandbox = await createSandbox()
  here = `/channels/${sandbox.channel.id}/messages`
})

afterEach(async () => sandbox.close())

const idOf = (answer: RawAnswer): string => (answer.body as { id: string }).id

test('the bot writes, reads, lists, edits and deletes messages', async () => {
  const ids = [idOf(await request(sandbox, 'POST', here, { content: 'one' })), idOf(await request(sandbox, 'POST', here, { content: 'two' })), idOf(await request(sandbox, 'POST', here, { content: 'three' }))]
  expect(await request(sandbox, 'GET', `${here}/${ids[0] ?? ''}`)).toMatchObject({ status: 200, body: { content: 'one', edited_timestamp: null } })
  expect(await request(sandbox, 'PATCH', `${here}/${ids[0] ?? ''}`, { content: 'uno' })).toMatchObject({ body: { content: 'uno', edited_timestamp: expect.any(String) as unknown } })
  const list = async (query: string): Promise<unknown> => ((await request(sandbox, 'GET', `${here}?${query}`)).body as { content: string }[]).map((each) => each.content)
  expect(await list('limit=2')).toEqual(['three', 'two'])
  expect(await list(`before=${ids[2] ?? ''}`)).toEqual(['two', 'uno'])
  expect(await list(`after=${ids[0] ?? ''}&limit=1`)).toEqual(['two'])
  expect(await list(`around=${ids[1] ?? ''}&limit=3`)).toEqual(['three', 'two', 'uno'])
  expect((await request(sandbox, 'DELETE', `${here}/${ids[1] ?? ''}`)).status).toBe(204)
  sandbox.advance(10_000)
  expect(await list('')).toEqual(['three', 'uno'])
  expect(await request(sandbox, 'GET', `${here}?limit=101`)).toMatchObject({ body: { code: 50035, errors: { limit: {} } } })
})

test('what is not there, or not the bot\'s, is refused with Discord\'s codes', async () => {
  const foreign = sandbox.user('Ada').write('mine').id
  const refused: readonly [string, string, object | undefined, number, number][] = [
    ['POST', '/channels/1/messages', { content: 'x' }, 404, 10003],
    ['GET', `${here}/1`, undefined, 404, 10008],
    ['PATCH', `${here}/1`, { content: 'x' }, 404, 10008],
    ['DELETE', `${here}/1`, undefined, 404, 10008],
    ['PATCH', `${here}/${foreign}`, { content: 'x' }, 403, 50005],
    ['DELETE', `${here}/${foreign}`, undefined, 403, 50013],
    ['POST', here, { content: ' ' }, 400, 50006],
    ['POST', here, { content: 'x', message_reference: { message_id: '1' } }, 404, 10008],
  ]
  for (const [method, path, body, status, code] of refused) expect(await request(sandbox, method, path, body), `${method} ${path}`).toMatchObject({ status, body: { code } })
})

test('an edit must leave something to see', async () => {
  const { body } = await request(sandbox, 'POST', here, { content: 'text', embeds: [{ title: 'x' }] }, [{ name: 'a.png', bytes: new Uint8Array(1) }])
  const { id, attachments } = body as { id: string; attachments: { id: string }[] }
  const edit = async (change: object): Promise<unknown> => (await request(sandbox, 'PATCH', `${here}/${id}`, change)).body
  expect(await edit({ content: '', embeds: [] })).toMatchObject({ content: '', embeds: [], attachments })
  expect(await edit({ attachments: [] })).toMatchObject({ code: 50006 })
  expect(await edit({ attachments: [], content: 'text' })).toMatchObject({ content: 'text', attachments: [] })
})

test('a moderator\'s permission lets the bot delete what others wrote', async () => {
  const { id } = sandbox.user('Ada').write('mine')
  sandbox.allowBot(sandbox.channel, PermissionFlagsBits.ManageMessages)
  expect((await request(sandbox, 'DELETE', `${here}/${id}`)).status).toBe(204)
  expect(sandbox.user('Ada').messages()).toEqual([])
})

test('permissions that were taken away are missing until they are given back', async () => {
  const { ViewChannel, SendMessages, EmbedLinks, AttachFiles } = PermissionFlagsBits
  const embed = { embeds: [{ title: 'x' }] }
  sandbox.denyBot(sandbox.channel, EmbedLinks, AttachFiles)
  expect((await request(sandbox, 'POST', here, { content: 'x' })).status).toBe(200)
  expect(await request(sandbox, 'POST', here, embed)).toMatchObject({ status: 403, body: { code: 50013 } })
  expect(await request(sandbox, 'POST', here, {}, [{ name: 'a.png', bytes: new Uint8Array(1) }])).toMatchObject({ status: 403, body: { code: 50013 } })
  sandbox.allowBot(sandbox.channel, EmbedLinks)
  expect((await request(sandbox, 'POST', here, embed)).status).toBe(200)
  sandbox.advance(10_000)
  sandbox.denyBot(sandbox.channel, SendMessages)
  expect(await request(sandbox, 'POST', here, { content: 'x' })).toMatchObject({ body: { code: 50013 } })
  sandbox.denyBot(sandbox.channel, ViewChannel)
  expect(await request(sandbox, 'POST', here, { content: 'x' })).toMatchObject({ body: { code: 50001 } })
})

test('a nonce that is enforced makes one message of two requests', async () => {
  const body = { content: 'once', nonce: '7', enforce_nonce: true }
  const [first, second] = [await request(sandbox, 'POST', here, body), await request(sandbox, 'POST', here, body)]
  expect(idOf(second)).toBe(idOf(first))
  expect(sandbox.user('Ada').messages()).toHaveLength(1)
  expect(idOf(await request(sandbox, 'POST', here, { ...body, enforce_nonce: false }))).not.toBe(idOf(first))
  sandbox.advance(10 * 60_000)
  expect(idOf(await request(sandbox, 'POST', here, body))).not.toBe(idOf(first))
})

test.for([
  { title: 'everything by default', allowed: undefined, pings: ['ada', 'bob'] },
  { title: 'nothing', allowed: { parse: [] }, pings: [] },
  { title: 'all users', allowed: { parse: ['users'] }, pings: ['ada'] },
  { title: 'one of the users', allowed: { users: ['ada'] }, pings: ['ada'] },
  { title: 'only the author of the message that is replied to', allowed: { parse: [], replied_user: true }, pings: ['bob'] },
  { title: 'roles, which are not mentionable', allowed: { parse: ['roles', 'everyone'] }, pings: [] },
])('allowed_mentions: $title', async ({ allowed, pings }) => {
  const ids: Readonly<Record<string, string>> = { ada: sandbox.user('Ada').id, bob: sandbox.user('Bob').id }
  const asked = sandbox.user('Bob').write('a question')
  const role = sandbox.addRole(sandbox.guild, 'Experts')
  const named = allowed !== undefined && 'users' in allowed ? { ...allowed, users: [ids['ada']] } : allowed
  await request(sandbox, 'POST', here, { content: `<@${ids['ada'] ?? ''}> <@&${role.id}> @everyone`, message_reference: { message_id: asked.id }, ...(named === undefined ? {} : { allowed_mentions: named }) })
  expect(sandbox.user('Ada').lastMessage()?.pings).toEqual(pings.map((name) => ids[name]))
})

test('roles and everyone are notified once the bot may', async () => {
  const role = sandbox.addRole(sandbox.guild, 'Experts')
  sandbox.setRolePermissions(sandbox.guild, sandbox.guild.id, BigInt(sandbox.guild.roles.get(sandbox.guild.id)?.permissions ?? 0) | PermissionFlagsBits.MentionEveryone)
  await request(sandbox, 'POST', here, { content: `<@&${role.id}> @everyone` })
  expect(sandbox.user('Ada').lastMessage()?.pings).toEqual([`&${role.id}`, 'everyone'])
})

test('direct messages reach whoever takes them', async () => {
  const ada = sandbox.user('Ada')
  const { body } = await request(sandbox, 'POST', '/users/@me/channels', { recipient_id: ada.id })
  expect(body).toMatchObject({ type: 1, recipients: [{ id: ada.id }] })
  const path = `/channels/${(body as { id: string }).id}/messages`
  expect((await request(sandbox, 'POST', path, { content: 'psst' })).status).toBe(200)
  expect(ada.direct().messages().map((each) => each.content)).toEqual(['psst'])
  ada.setDirectMessages(false)
  expect(await request(sandbox, 'POST', path, { content: 'psst' })).toMatchObject({ status: 403, body: { code: 50007 } })
  expect(await request(sandbox, 'POST', '/users/@me/channels', { recipient_id: '1' })).toMatchObject({ status: 404, body: { code: 10013 } })
})

test('of a channel only the newest messages are kept', async () => {
  await using small = await createSandbox({ kept: { messagesPerChannel: 2 } })
  for (const text of ['one', 'two', 'three']) small.user('Ada').write(text)
  expect(small.user('Ada').messages().map((each) => each.content)).toEqual(['two', 'three'])
})
