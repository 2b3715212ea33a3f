import { type IncomingMessage, request as send, type ServerResponse } from 'node:http'

/** Of a page's headers, what the local Discord has to know. */
const PASSED = ['content-type', 'content-length', 'accept'] as const
const RETURNED = ['content-type', 'content-length', 'content-security-policy'] as const

/** Hands a request on to the local Discord, and its answer back. The page never talks to it itself. */
export function passOn(origin: string, path: string, request: IncomingMessage, response: ServerResponse): void {
  const headers = Object.fromEntries(PASSED.flatMap((name) => (request.headers[name] === undefined ? [] : [[name, request.headers[name]]])))
  const onward = send(`${origin}${path}`, { method: request.method ?? 'GET', headers }, (answer) => {
    const returned = Object.fromEntries(RETURNED.flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]])))
    response.writeHead(answer.statusCode ?? 502, { ...returned, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    answer.pipe(response)
  })
  onward.on('error', () => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502, { 'content-type': 'application/json' }).end(JSON.stringify({ error: 'The local Discord does not answer.' }))
  })
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}
