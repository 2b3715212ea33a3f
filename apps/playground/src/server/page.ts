import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { createServer } from 'vite'
import { appFolder, repository } from './locations.ts'

/** The page, from its sources; a change reloads it. */
export interface Page {
  answer(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

/** Everything is of this server: nothing is loaded from elsewhere, and no text can become a script. Vite adds styles as elements. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "media-src 'self' blob:", "font-src 'self'",
  "connect-src 'self' ws://localhost:* ws://127.0.0.1:*", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
].join('; ')

/** @param sockets where Vite gets its WebSockets from: those that the gate let through */
export async function servePage(sockets: Server, cacheDir: string): Promise<Page> {
  const vite = await createServer({
    configFile: join(appFolder, 'vite.config.ts'), root: appFolder, cacheDir, appType: 'spa', logLevel: 'warn', clearScreen: false,
    server: {
      middlewareMode: true, hmr: { server: sockets }, allowedHosts: true, cors: false,
      fs: { strict: true, allow: [join(appFolder, 'src/page'), join(appFolder, 'src/shared'), join(appFolder, 'index.html'), join(appFolder, 'node_modules'), join(repository, 'node_modules'), cacheDir] },
    },
  })
  return { answer: (request, response) => vite.middlewares(request, response), close: () => vite.close() }
}
