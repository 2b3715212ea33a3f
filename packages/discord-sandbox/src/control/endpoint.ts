import type { z } from 'zod'
import type { Sandbox } from '../driver/sandbox.ts'

/** A request to the control API. */
export interface ControlRequest {
  readonly sandbox: Sandbox
  readonly body: unknown
  readonly query: URLSearchParams
}

/** Endpoints by method and path below `/control`. */
export type Endpoints = Readonly<Record<string, (request: ControlRequest) => unknown>>

/** An endpoint whose body is checked first: what does not fit is answered with 400. */
export function endpoint<Body>(schema: z.ZodType<Body>, act: (sandbox: Sandbox, body: Body) => unknown): (request: ControlRequest) => unknown {
  return ({ sandbox, body }) => act(sandbox, schema.parse(body ?? {}))
}

/** An endpoint that answers only that it was done. */
export function command<Body>(schema: z.ZodType<Body>, act: (sandbox: Sandbox, body: Body) => void): (request: ControlRequest) => unknown {
  return endpoint(schema, (sandbox, body) => {
    act(sandbox, body)
    return { done: true }
  })
}
