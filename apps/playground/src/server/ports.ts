import { createServer, type Server } from 'node:net'

/** How many ports after the preferred one are tried. */
const TRIED = 50

/** Listens on the preferred port or the next free one. @returns the port */
export async function listenNear(server: Server, preferred: number, host: string): Promise<number> {
  for (let port = preferred; ; port += 1) {
    try {
      return await listen(server, port, host)
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken || port >= preferred + TRIED) throw error
    }
  }
}

/** The preferred port, or the next one that nobody listens on. */
export async function freePort(preferred: number, host = '127.0.0.1'): Promise<number> {
  const probe = createServer()
  const port = await listenNear(probe, preferred, host)
  await new Promise((resolve) => probe.close(resolve))
  return port
}

function listen(server: Server, port: number, host: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const onError = (error: Error): void => {
    server.removeListener('listening', onListening)
    reject(error)
  }
  const onListening = (): void => {
    server.removeListener('error', onError)
    const address = server.address()
    resolve(typeof address === 'object' && address !== null ? address.port : port)
  }
  server.once('error', onError)
  server.once('listening', onListening)
  server.listen(port, host)
  return promise
}
