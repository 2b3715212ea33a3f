import type { Sandbox } from '../src/index.ts'

/** An answer of the REST API. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** A request as the bot, without discord.js's own checks, queues and retries. */
export async function request(sandbox: Sandbox, method: string, path: string, body?: unknown, files: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[] = []): Promise<RawAnswer> {
  const headers = new Headers({ authorization: `Bot ${sandbox.token}` })
  let payload: string | FormData | undefined
  if (files.length > 0) {
    payload = new FormData()
    payload.set('payload_json', JSON.stringify(body ?? {}))
    for (const [index, file] of files.entries()) payload.set(`files[${index}]`, new Blob([file.bytes], { type: 'image/png' }), file.name)
  } else if (body !== undefined) {
    payload = JSON.stringify(body)
    headers.set('content-type', 'application/json')
  }
  const response = await fetch(`${sandbox.url}/v10${path}`, { method, headers, ...(payload === undefined ? {} : { body: payload }) })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) as unknown : text }
}
