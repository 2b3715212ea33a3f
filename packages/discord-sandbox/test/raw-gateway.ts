import { constants, createInflate, inflateSync } from 'node:zlib'
import WebSocket from 'ws'
import type { Sandbox } from '../src/index.ts'

/** What came over the gateway. */
export interface Payload {
  readonly op: number
  readonly t: string | null
  readonly s: number | null
  readonly d: unknown
}

/** A connection without a client library. */
export interface RawGateway {
  readonly payloads: readonly Payload[]
  readonly closed: Promise<number>
  /** How many messages were binary. */
  packed(): number
  send(payload: object | string): void
  /** The first payload that fits, of those that came and those that come. */
  find(fits: (payload: Payload) => boolean): Promise<Payload>
  /** Cuts the connection without a close frame. */
  cut(): void
}

/** Connects; with `zlib-stream` everything is unpacked from one stream. */
export async function connectRaw(sandbox: Sandbox, query = 'v=10&encoding=json'): Promise<RawGateway> {
  const socket = new WebSocket(`${sandbox.gatewayUrl}?${query}`)
  const payloads: Payload[] = []
  const waiting = new Set<() => void>()
  const take = (text: string): void => {
    payloads.push(JSON.parse(text) as Payload)
    for (const look of waiting) look()
  }
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH })
  let text = ''
  // Each payload is flushed on its own, so each is whole JSON once it can be parsed.
  inflate.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
    try {
      JSON.parse(text)
    } catch {
      return
    }
    take(text)
    text = ''
  })
  let packed = 0
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) packed += 1
    if (query.includes('zlib-stream')) inflate.write(data)
    else take((isBinary ? inflateSync(data) : data).toString('utf8'))
  })
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    payloads, closed, packed: () => packed,
    send: (payload) => socket.send(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    cut: () => socket.terminate(),
    find: async (fits) => new Promise((resolve) => {
      const look = (): void => {
        const found = payloads.find(fits)
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    }),
  }
}

/** An IDENTIFY of the sandbox's bot. */
export function identify(sandbox: Sandbox, data: object = {}): object {
  return { op: 2, d: { token: sandbox.token, intents: 1, properties: { os: 'linux', browser: 'test', device: 'test' }, ...data } }
}
