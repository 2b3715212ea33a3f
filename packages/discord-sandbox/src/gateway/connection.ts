import { constants, createDeflate, type Deflate, deflateSync } from 'node:zlib'
import type { WebSocket } from 'ws'

/** One socket, and how its payloads are packed. */
export interface Connection {
  readonly socket: WebSocket
  send(payload: object): void
  /** Sends what is JSON already. */
  sendText(text: string): void
  close(code: number, reason: string): void
  /** The client asked in IDENTIFY for each large payload to be packed by itself. */
  packEach: boolean
}

// Small payloads do not get smaller.
const WORTH_PACKING = 1_024

/** Wraps a socket; with `zlib-stream` all payloads go through one stream: https://docs.discord.com/developers/events/gateway#zlib-stream */
export function createConnection(socket: WebSocket, stream: boolean, delay: () => number): Connection {
  const deflate = stream ? createDeflate() : undefined
  let line: Promise<void> = Promise.resolve()
  const connection: Connection = {
    socket,
    packEach: false,
    send: (payload) => connection.sendText(JSON.stringify(payload)),
    sendText: (text) => {
      const write = async (): Promise<void> => {
        const milliseconds = delay()
        if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
        if (socket.readyState !== socket.OPEN) return
        if (deflate !== undefined) socket.send(await flushed(deflate, text))
        else if (connection.packEach && text.length > WORTH_PACKING) socket.send(deflateSync(text))
        else socket.send(text)
      }
      // Nothing to wait for: at once, so that an answer is not slower than it must be.
      if (deflate === undefined && delay() === 0) void write()
      else line = line.then(write)
    },
    close: (code, reason) => socket.close(code, reason),
  }
  socket.once('close', () => deflate?.close())
  return connection
}

async function flushed(deflate: Deflate, text: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const collect = (chunk: Buffer): void => void chunks.push(chunk)
    deflate.on('data', collect)
    deflate.write(text)
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      deflate.off('data', collect)
      resolve(Buffer.concat(chunks))
    })
  })
}
