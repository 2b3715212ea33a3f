import type { Files } from '../state/files.ts'
import type { Answer } from './listen.ts'

/** Serves the files of messages and options: `/attachments/{channel}/{id}/{name}`. */
export function serveFiles(files: Files): Answer {
  return (_, response, url) => {
    const file = files.get(/^\/attachments\/\d+\/(\d+)\//.exec(url.pathname)?.[1] ?? '')
    if (file === undefined) return void response.writeHead(404).end()
    // Never shown as a page of its own: what bots upload is not ours.
    response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes.byteLength, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' }).end(file.bytes)
  }
}
