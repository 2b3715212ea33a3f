import { expect, test } from 'vitest'
import { createSandbox } from '../src/index.ts'
import { request } from './raw-rest.ts'

test('a bucket says what is left of it, and refuses what is too much', async () => {
  await using sandbox = await createSandbox({ frozen: true })
  const path = `/channels/${sandbox.channel.id}/messages`
  const first = await request(sandbox, 'POST', path, { content: 'x' })
  expect(first.headers.get('x-ratelimit-limit')).toBe('5')
  expect(first.headers.get('x-ratelimit-remaining')).toBe('4')
  expect(first.headers.get('x-ratelimit-reset-after')).toBe('5.000')
  expect(first.headers.get('x-ratelimit-reset')).toBe(((sandbox.clock.now() + 5_000) / 1_000).toFixed(3))
  expect(first.headers.get('x-ratelimit-bucket')).toBe('message-create')
  sandbox.advance(1_000)
  for (let sent = 1; sent < 5; sent += 1) await request(sandbox, 'POST', path, { content: 'x' })
  const refused = await request(sandbox, 'POST', path, { content: 'x' })
  expect(refused).toMatchObject({ status: 429, body: { message: 'You are being rate limited.', retry_after: 4, global: false } })
  expect(refused.headers.get('retry-after')).toBe('4')
  expect(refused.headers.get('x-ratelimit-scope')).toBe('user')
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
  const elsewhere = sandbox.addChannel(sandbox.guild, 'elsewhere')
  expect((await request(sandbox, 'POST', `/channels/${elsewhere.id}/messages`, { content: 'x' })).status).toBe(200)
  sandbox.advance(4_000)
  expect((await request(sandbox, 'POST', path, { content: 'x' })).status).toBe(200)
})

test('no more than 50 requests a second in all', async () => {
  await using sandbox = await createSandbox({ frozen: true })
  const paths = Array.from({ length: 51 }, (_, index) => `/channels/${sandbox.addChannel(sandbox.guild, `c${index}`).id}`)
  const answers = await Promise.all(paths.map(async (path) => request(sandbox, 'GET', path)))
  const refused = answers.filter((answer) => answer.status === 429)
  expect(refused).toHaveLength(1)
  expect(refused[0]?.body).toMatchObject({ global: true, retry_after: 1 })
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true')
  expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('global')
  // Answers to interactions are exempt: this one fails for its own reason.
  expect(await request(sandbox, 'POST', '/interactions/1/token/callback', { type: 5 })).toMatchObject({ status: 404, body: { code: 10062 } })
  sandbox.advance(1_000)
  expect((await request(sandbox, 'GET', paths[50] ?? '')).status).toBe(200)
})

test('whoever asks wrongly too often is banned for ten minutes', async () => {
  await using sandbox = await createSandbox({ frozen: true, invalidRequests: 3 })
  sandbox.denyBot(sandbox.channel, 1n << 10n)
  const path = `/channels/${sandbox.channel.id}`
  for (let sent = 0; sent < 3; sent += 1) expect((await request(sandbox, 'GET', path)).status).toBe(403)
  expect(sandbox.invalidRequests()).toEqual({ count: 3, banned: true })
  const banned = await request(sandbox, 'GET', '/users/@me')
  expect(banned).toMatchObject({ status: 429, body: 'error code: 1015' })
  expect(banned.headers.get('content-type')).toContain('html')
  sandbox.advance(10 * 60_000)
  expect((await request(sandbox, 'GET', '/users/@me')).status).toBe(200)
})

test('a test can have requests refused', async () => {
  await using sandbox = await createSandbox()
  sandbox.rateLimit(1, 1_500, true)
  expect(await request(sandbox, 'GET', '/users/@me')).toMatchObject({ status: 429, body: { retry_after: 1.5, global: true } })
  expect((await request(sandbox, 'GET', '/users/@me')).status).toBe(200)
  expect(sandbox.requests.map((each) => each.status)).toEqual([429, 200])
})

test('what does not exist, and what cannot be read, is said so', async () => {
  await using sandbox = await createSandbox()
  expect(await request(sandbox, 'GET', '/nowhere')).toMatchObject({ status: 404, body: { code: 0 } })
  expect(await request(sandbox, 'PUT', '/users/@me')).toMatchObject({ status: 405 })
  expect((await (await fetch(`${sandbox.url}/v6/users/@me`)).json() as { code: number }).code).toBe(50041)
  const broken = await fetch(`${sandbox.url}/v10/channels/${sandbox.channel.id}/messages`, { method: 'POST', headers: { authorization: `Bot ${sandbox.token}` }, body: '{' })
  expect(await broken.json()).toMatchObject({ code: 50109 })
  expect(sandbox.requests.at(-1)).toMatchObject({ status: 400, code: 50109, error: { code: 50109 } })
})
