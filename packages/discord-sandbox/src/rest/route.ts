import { problems } from '../errors.ts'
import { type JsonObject, objectOf } from '../json.ts'
import type { UploadedFile } from '../state/files.ts'
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

/** Finds the route of a path; an unknown path is 404, an unknown method of a known one 405. */
export type FindRoute = (method: string, path: string) => { route: Route; params: Record<string, string> }

/** Prepares routes for finding: those of one length and the same first part are looked through. */
export function createRouter(routes: readonly Route[]): FindRoute {
  const byShape = new Map<string, { route: Route; parts: readonly string[] }[]>()
  for (const route of routes) {
    const parts = split(route.pattern)
    const shape = `${parts.length} ${parts[0] ?? ''}`
    byShape.set(shape, [...byShape.get(shape) ?? [], { route, parts }])
  }
  return (method, path) => {
    const given = split(path)
    let known = false
    for (const { route, parts } of byShape.get(`${given.length} ${given[0] ?? ''}`) ?? []) {
      const params = match(parts, given)
      if (params === undefined) continue
      known = true
      if (route.method === method) return { route, params }
    }
    throw known ? problems.methodNotAllowed() : problems.notFound()
  }
}

function split(path: string): string[] {
  return path.split('/').filter((part) => part !== '')
}

function match(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const here = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decoded(here)
    else if (part !== here) return undefined
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
