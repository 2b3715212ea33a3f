import { Worker } from 'node:worker_threads'
import type { Question, Rejection } from '@trivia/questions/importing'
import { uploadLimits } from './limits.ts'

export interface Upload {
  readonly read: number
  readonly questions: readonly Question[]
  readonly rejected: readonly Rejection[]
}

/** Why an upload was not read. */
export class UploadError extends Error {
  override readonly name = 'UploadError'
  readonly reason: 'too-large' | 'unreadable'

  constructor(reason: 'too-large' | 'unreadable', message: string) {
    super(message)
    this.reason = reason
  }
}

/** Hosts that Discord serves uploads from. */
const DISCORD_HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net'])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const DOWNLOAD_MS = 10_000

/**
 * Downloads an upload and reads its questions, bounded in size, rows, time and memory.
 *
 * @param apiUrl a Discord-compatible server of one's own may serve uploads itself
 * @throws UploadError
 */
export async function readUpload({ url, name, size }: { url: string; name: string; size: number }, apiUrl: string): Promise<Upload> {
  if (size > uploadLimits.maxBytes) throw new UploadError('too-large', `${size} bytes`)
  if (!URL.canParse(url)) throw new UploadError('unreadable', 'its address is none')
  const address = new URL(url)
  if (!(address.protocol === 'https:' && DISCORD_HOSTS.has(address.hostname)) && !isBesideApi(address, new URL(apiUrl))) throw new UploadError('unreadable', 'it is not where Discord keeps files')
  return readInWorker(name, await download(address))
}

/** Another server that speaks like Discord may keep files on another port of its machine. Discord's own does not. */
function isBesideApi(address: URL, api: URL): boolean {
  const host = ({ hostname }: URL): string => (LOOPBACK.has(hostname) ? 'localhost' : hostname)
  return api.hostname !== 'discord.com' && /^https?:$/.test(address.protocol) && host(address) === host(api)
}

/** What the server says of the size is not believed. */
async function download(address: URL): Promise<Uint8Array> {
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(DOWNLOAD_MS) })
    if (!response.ok || response.body === null) throw new UploadError('unreadable', `HTTP ${response.status}`)
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength
      if (length > uploadLimits.maxBytes) throw new UploadError('too-large', `more than ${uploadLimits.maxBytes} bytes`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof UploadError) throw error
    throw new UploadError('unreadable', error instanceof Error ? error.message : String(error))
  }
}

function readInWorker(name: string, bytes: Uint8Array): Promise<Upload> {
  const worker = new Worker(new URL('reader.worker.ts', import.meta.url), { workerData: { name, bytes }, resourceLimits: { maxOldGenerationSizeMb: 256 } })
  return new Promise<Upload>((resolve, reject) => {
    const timer = setTimeout(() => reject(new UploadError('unreadable', 'it takes too long')), uploadLimits.maxMs + 2_000)
    worker.once('message', (upload: Upload) => {
      clearTimeout(timer)
      resolve(upload)
    })
    worker.once('error', (error) => {
      clearTimeout(timer)
      reject(new UploadError('unreadable', error instanceof Error ? error.message : String(error)))
    })
  }).finally(() => void worker.terminate())
}
