import { createServer, type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { passOn } from './discord-proxy.ts'
import { answerWorkshop, type Workshop } from './endpoints.ts'
import type { EventHub } from './event-hub.ts'
import { isCrossSite, isOurs } from './gate.ts'
import { CONTENT_SECURITY_POLICY, type Page, servePage } from './page.ts'
import { listenNear } from './ports.ts'

export interface WebServerOptions {
  readonly port: number
  /** Only if it was told; else loopback. */
  readonly host: string | undefined
  readonly discord: string
  readonly workshop: Workshop
  readonly hub: EventHub
  readonly cacheDir: string
}

export interface WebServer {
  readonly address: string
  close(): Promise<void>
}

/** The only server that the page talks to. */
export async function startWebServer({ port, host, discord, workshop, hub, cacheDir }: WebServerOptions): Promise<WebServer> {
  // Vite listens to this one for WebSockets; it gets only those that are ours.
  const sockets = new Server()
  const page = await servePage(sockets, cacheDir)
  const server = createServer((request, response) => {
    if (!isOurs(request, host)) response.writeHead(403, { 'content-type': 'text/plain' }).end('Only for this machine.')
    else answer(request, response, { discord, workshop, hub, page })
  })
  server.on('upgrade', (request, socket, head) => {
    if (isOurs(request, host)) sockets.emit('upgrade', request, socket, head)
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  })
  const listening = await listenNear(server, port, host ?? '127.0.0.1')
  const shown = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return {
    address: `http://${shown}:${listening}/`,
    close: async () => {
      hub.close()
      server.closeAllConnections()
      await Promise.all([page.close(), new Promise((resolve) => server.close(resolve))])
    },
  }
}

interface Parts {
  readonly discord: string
  readonly workshop: Workshop
  readonly hub: EventHub
  readonly page: Page
}

function answer(request: IncomingMessage, response: ServerResponse, { discord, workshop, hub, page }: Parts): void {
  const url = URL.parse(request.url ?? '/', 'http://localhost')
  const path = url?.pathname ?? '/'
  const [, first, second] = path.split('/', 3)
  if (first !== 'api' && first !== 'attachments') {
    response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    page.answer(request, response)
    return
  }
  if (isCrossSite(request)) response.writeHead(403, { 'content-type': 'text/plain' }).end('Only for the page of this server.')
  else if (first === 'attachments') passOn(discord, path, request, response)
  else if (path === '/api/events') hub.open(response, [{ type: 'dev', data: JSON.stringify(workshop.status()) }])
  else if (second === 'control') passOn(discord, path.slice('/api'.length) + (url?.search ?? ''), request, response)
  else if (second === 'dev') void answerWorkshop(workshop, path.slice('/api/dev'.length), request, response)
  else response.writeHead(404).end()
}
