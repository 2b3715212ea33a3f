import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a receiver was sent. */
export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly at: number
}

/** How a receiver answers: a status, perhaps with headers, or never. */
export type Answer = number | { readonly status: number; readonly headers: Record<string, string> } | 'never'

/** A local receiver of webhooks. It gives the answers one by one, and the last one for ever. */
export async function startReceiver(...answers: Answer[]): Promise<{ url: string; received: Received[]; answers: Answer[] } & AsyncDisposable> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString(), at: performance.now() })
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 204
      if (answer === 'never') return
      if (typeof answer === 'number') response.writeHead(answer).end()
      else response.writeHead(answer.status, answer.headers).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The processes that deliver the alerts of a database just now. */
export function deliverersOf(database: string): number[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandLine(Number(pid)).includes(`deliverer.ts\0${database}`)).map(Number)
}

export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
