import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { isLocal } from './loopback.ts'

/** Answers requests below one part of the address. */
export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>

/** What a server serves. */
export interface Served {
  /** By the first part of the path: `api` for `/api/…`. */
  readonly answers: Readonly<Record<string, Answer>>
  /** Takes over a WebSocket of `/gateway`. */
  readonly accept: (socket: WebSocket, query: URLSearchParams) => void
}

/** Listens on 127.0.0.1 and refuses, with 403, whoever is not of this machine. */
export async function listen(port: number, served: Served): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (!isLocal(request)) return void response.writeHead(403).end('Only for this machine.')
      const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
      const handle = url === null ? undefined : served.answers[url.pathname.split('/', 2)[1] ?? '']
      if (url === null || handle === undefined) return void response.writeHead(404).end()
      await handle(request, response, url)
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
    if (url === null || !isLocal(request) || !/^\/gateway\/?$/.test(url.pathname)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => served.accept(webSocket, url.searchParams))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
