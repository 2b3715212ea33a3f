import { problems } from '../errors.ts'
import { type JsonObject, objectOf } from '../json.ts'
import type { UploadedFile } from '../state/messages.ts'
import type { Application } from '../state/model.ts'
import type { Allowance } from './rate-limits.ts'

/** A request that has been read. */
export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly files: readonly UploadedFile[]
  readonly application: Application | undefined
}

/** What is answered: a body as JSON, or none (204). */
export interface ApiReply {
  readonly status: number
  readonly body?: unknown
}

/** One of Discord's endpoints. */
export interface Route {
  readonly method: string
  readonly pattern: string
  /** Needs `Authorization: Bot …`; webhooks and callbacks carry their token in the path. */
  readonly authorized: boolean
  /** Counts towards the 50 a second. */
  readonly global: boolean
  readonly allowance: Allowance
  readonly handle: (request: ApiRequest) => ApiReply
}

/** A success with a body. */
export const ok = (body: unknown, status = 200): ApiReply => ({ status, body })
/** A success without. */
export const noContent: ApiReply = { status: 204 }

/** A part of the path. */
export function param(request: ApiRequest, name: string): string {
  return request.params[name] ?? ''
}

/** The bot that asks. */
export function applicationOf(request: ApiRequest): Application {
  if (request.application === undefined) throw problems.unauthorized()
  return request.application
}

/** The body as an object. */
export function bodyOf(request: ApiRequest): JsonObject {
  return objectOf(request.body)
}

/** Finds the route of a path. */
export function findRoute(routes: readonly Route[], method: string, path: string): { route: Route; params: Record<string, string> } {
  const parts = path.split('/').filter((part) => part !== '')
  let known = false
  for (const route of routes) {
    const params = match(route.pattern, parts)
    if (params === undefined) continue
    known = true
    if (route.method === method) return { route, params }
  }
  throw known ? problems.methodNotAllowed() : problems.notFound()
}

function match(pattern: string, parts: readonly string[]): Record<string, string> | undefined {
  const wanted = pattern.split('/').filter((part) => part !== '')
  if (wanted.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const given = parts[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(given)
    else if (part !== given) return undefined
  }
  return params
}
