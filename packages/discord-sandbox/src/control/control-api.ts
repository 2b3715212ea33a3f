import type { IncomingMessage, ServerResponse } from 'node:http'
import { z, ZodError } from 'zod'
import type { Sandbox } from '../driver/sandbox.ts'
import { ApiError, NotPossible } from '../errors.ts'
import { readBody } from '../rest/read-body.ts'
import { acting } from './acting.ts'
import { arranging } from './arranging.ts'
import type { Endpoints } from './endpoint.ts'
import { streamEvents } from './events.ts'
import { failing } from './failing.ts'
import { reading } from './reading.ts'

const endpoints: Endpoints = { ...reading, ...acting, ...arranging, ...failing }
const STREAM = 'GET /events'

/** Method and path of every endpoint, below `/control`. */
export const CONTROL_ENDPOINTS: readonly string[] = [STREAM, ...Object.keys(endpoints)]

/** Acts as users over HTTP; the README lists the endpoints. */
export async function answerControl(sandbox: Sandbox, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const reply = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  try {
    const name = `${request.method ?? 'GET'} ${url.pathname.replace(/^\/control/, '')}`
    if (name === STREAM) {
      streamEvents(sandbox, request, response, url.searchParams)
      return
    }
    const act = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined
    if (act === undefined) {
      reply(404, { error: 'There is no such endpoint.' })
      return
    }
    const { body } = await readBody(request)
    reply(200, await act({ sandbox, body, query: url.searchParams }))
  } catch (error) {
    if (error instanceof ZodError) reply(400, { error: z.prettifyError(error) })
    else if (error instanceof NotPossible) reply(422, { error: error.message })
    else if (error instanceof ApiError) reply(error.status, { error: error.message })
    else reply(500, { error: error instanceof Error ? error.message : String(error) })
  }
}
