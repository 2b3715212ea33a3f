import type { IncomingMessage, ServerResponse } from 'node:http'

const MOST_BYTES = 64 * 1024

/** Reads a small JSON body; an empty one is an empty object. */
export async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request) {
    size += (part as Buffer).length
    if (size > MOST_BYTES) throw new Error('The body is too large.')
    parts.push(part as Buffer)
  }
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? {} : JSON.parse(text)
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).end(JSON.stringify(body))
}
