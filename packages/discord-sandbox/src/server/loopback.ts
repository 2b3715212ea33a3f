import type { IncomingMessage } from 'node:http'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Whether a request was made for this machine by something on it: a web page elsewhere is refused by its Origin, a rebound name by its Host. */
export function isLocal(request: IncomingMessage): boolean {
  const host = URL.parse(`http://${request.headers.host ?? ''}`)
  if (host === null || !LOOPBACK.has(host.hostname)) return false
  const origin = request.headers.origin
  if (origin === undefined) return true
  return URL.parse(origin)?.host === host.host
}
