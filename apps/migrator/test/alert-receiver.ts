import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { repositoryRoot, type ScratchFolder } from '@trivia/testkit'
import { expect } from 'vitest'
import type { Alert } from '../src/alerts/alert.ts'
import { sign } from '../src/alerts/request.ts'
import type { EndedRun } from '../src/metrics/run-record.ts'
import type { Settings } from '../src/settings.ts'
import type { DeployedDatabase } from './deployed.ts'

export const SECRET = 'a secret that nobody sees'

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

/** A place with a copy of the database. */
export function settingsIn(folder: ScratchFolder, base: DeployedDatabase): Settings {
  return { database: base.copyTo(folder), backupDir: folder.file('backups'), prismaDir: `${repositoryRoot}/prisma` }
}

/** A run as it is told to monitoring. */
export function ended(command: string, exitCode: number, json: unknown, ms = 1000): EndedRun {
  const endedAt = new Date()
  return { command, startedAt: new Date(endedAt.getTime() - ms), endedAt, exitCode, json, memoryPeakBytes: 1 }
}

/** The alerts, after a look whether each is signed by who has the secret, just now. */
export function verified(received: readonly Received[]): Alert[] {
  return received.map(({ headers, body }) => {
    const timestamp = String(headers['x-trivia-timestamp'])
    expect(headers['x-trivia-signature']).toBe(`sha256=${sign(SECRET, timestamp, body)}`)
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60)
    expect(headers['content-type']).toBe('application/json')
    const alert = JSON.parse(body) as Alert
    expect(headers['idempotency-key']).toBe(alert.id)
    return alert
  })
}
