import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Whether a request was made for this server by its own page. A web page elsewhere is refused by its Origin, a name
 * that was made to point here by its Host.
 *
 * @param told the address that the server was told to listen on, if any: then addresses are as good as loopback, for no foreign name can stand for one
 */
export function isOurs(request: Pick<IncomingMessage, 'headers'>, told?: string): boolean {
  const { host: hostHeader, origin } = request.headers
  const host = URL.parse(`http://${hostHeader ?? ''}`)
  if (host === null || hostHeader === undefined) return false
  const bare = host.hostname.replace(/^\[|\]$/g, '')
  const known = LOOPBACK.has(host.hostname) || (told !== undefined && (bare === told || isIP(bare) !== 0))
  if (!known) return false
  return origin === undefined || URL.parse(origin)?.host === host.host
}

/** Whether a request comes from another site, which browsers say of those without an Origin, such as images. */
export function isCrossSite({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}
