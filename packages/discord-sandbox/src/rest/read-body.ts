/* eslint-disable @typescript-eslint/no-deprecated -- formData is fine for a local server with bounded bodies */
import type { IncomingMessage } from 'node:http'
import { problems } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import type { UploadedFile } from '../state/files.ts'

// Ten files of the largest size, and their envelope.
const LARGEST = LIMITS.message.files * LIMITS.message.attachmentBytes + 2 ** 20

/** Reads a request's body, up to a limit. */
export async function readBytes(request: IncomingMessage, largest = LARGEST): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > largest) throw problems.tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A body's JSON and files, from `application/json` or `multipart/form-data`: https://docs.discord.com/developers/reference#uploading-files */
export async function readBody(request: IncomingMessage): Promise<{ body: unknown; files: UploadedFile[] }> {
  const type = request.headers['content-type'] ?? ''
  const bytes = await readBytes(request)
  if (bytes.byteLength === 0) return { body: undefined, files: [] }
  if (!type.startsWith('multipart/form-data')) return { body: parse(bytes.toString('utf8')), files: [] }

  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const files: UploadedFile[] = []
  let body: unknown
  for (const [name, value] of form) {
    if (typeof value === 'string') {
      if (name === 'payload_json') body = parse(value)
      continue
    }
    if (value.size > LIMITS.message.attachmentBytes) throw problems.tooLarge()
    const index = Number(/^files\[(\d+)\]$/.exec(name)?.[1] ?? files.length)
    files.push({ index, name: value.name, contentType: value.type === '' ? 'application/octet-stream' : value.type, bytes: new Uint8Array(await value.arrayBuffer()) })
  }
  return { body, files }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw problems.invalidJson()
  }
}
