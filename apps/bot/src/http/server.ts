import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BotError } from '../errors.ts'
import type { Metrics } from './metrics.ts'

export interface HealthServer {
  /** http://HOST:PORT */
  readonly address: string
  close(): Promise<void>
}

/** Serves /healthz (200 or 503) and /metrics. @throws BotError PORT_IN_USE */
export async function createHealthServer({ host, port }: { host: string; port: number }, { metrics, ready }: { metrics: Metrics; ready: () => boolean }): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405).end()
    else if (path === '/healthz') {
      const healthy = ready()
      response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ status: healthy ? 'ok' : 'connecting' }))
    } else if (path === '/metrics') {
      metrics.text().then(
        (text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text),
        () => response.writeHead(500).end(),
      )
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new BotError({
      code: 'PORT_IN_USE', exitCode: 3, what: `Port ${port} cannot be used for /metrics and /healthz.`, why: error.message, next: 'Set METRICS_PORT to another port.',
    })))
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return {
    address: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}
