import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiError, problems } from '../errors.ts'
import type { Bus } from '../state/bus.ts'
import type { World } from '../state/world.ts'
import type { RateLimits } from './rate-limits.ts'
import { readBody } from './read-body.ts'
import { type ApiReply, type FindRoute } from './route.ts'

/** What the REST API is made of. */
export interface ApiParts {
  world: World
  bus: Bus
  limits: RateLimits
  find: FindRoute
  now: () => number
  /** Milliseconds that every answer waits. */
  delay: () => number
}

/** Answers a request below `/api`; the path begins with the version. */
export async function answerApi(parts: ApiParts, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const started = parts.now()
  const method = request.method ?? 'GET'
  const path = url.pathname.replace(/^\/api/, '')
  let headers: Readonly<Record<string, string>> = {}
  let reply: ApiReply
  let error: ApiError | undefined
  try {
    const { body, files } = await readBody(request)
    const versioned = /^\/v(\d+)(\/.*)$/.exec(path)
    if (versioned !== null && versioned[1] !== '10') throw problems.invalidVersion()
    const { route, params } = parts.find(method, versioned?.[2] ?? path)
    const token = /^Bot (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const application = token === undefined ? undefined : parts.world.applicationOf(token)
    if (parts.limits.invalid().banned) return void response.writeHead(429, { 'content-type': 'text/html', 'retry-after': '600' }).end('error code: 1015')
    if (route.authorized && application === undefined) throw problems.unauthorized()

    const major = params['token'] ?? params['channel'] ?? params['guild'] ?? ''
    const verdict = parts.limits.take(application?.id ?? 'address', major, route.allowance, route.global)
    headers = verdict.headers
    reply = verdict.refused === undefined
      ? route.handle({ params, query: url.searchParams, body, files, application })
      : { status: 429, body: { message: 'You are being rate limited.', retry_after: verdict.refused.retryAfterSeconds, global: verdict.refused.global } }
  } catch (thrown) {
    // A fault of the sandbox itself is told as Discord's own: with 500, and what happened.
    error = thrown instanceof ApiError ? thrown : new ApiError(500, 0, `The sandbox failed: ${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}`)
    reply = { status: error.status, body: error.body() }
  }
  if ([401, 403, 429].includes(reply.status)) parts.limits.countInvalid()
  const delay = parts.delay()
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
  const text = reply.body === undefined ? undefined : JSON.stringify(reply.body)
  response.writeHead(reply.status, { ...headers, ...(text === undefined ? {} : { 'content-type': 'application/json' }) }).end(text)
  const interactionId = /^\/(?:v10\/)?interactions\/(\d+)\//.exec(path)?.[1]
  // Tokens in paths are not for logs.
  const shown = path.replace(/(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, '$1…')
  parts.bus.emit({ type: 'request', at: started, method, path: shown, status: reply.status, code: error?.code, error: error?.body(), interactionId, milliseconds: parts.now() - started })
}
