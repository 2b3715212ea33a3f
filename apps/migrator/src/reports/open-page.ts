import { spawn } from 'node:child_process'

/** A program that hands a file to whatever the desktop opens it with; null where there is no desktop. */
function opener(page: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly [command: string, args: readonly string[]] | null {
  if (platform === 'darwin') return ['open', [page]]
  // What `start` does, without a shell that would read the path.
  if (platform === 'win32') return ['rundll32.exe', ['url.dll,FileProtocolHandler', page]]
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open', [page]] : null
}

/** How long a program may take to say that it could not; a browser that it became runs on. */
const PATIENCE_MS = 2000

/**
 * Opens a page in the default browser.
 *
 * @returns whether it was opened; false without a desktop
 */
export async function openPage(page: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<boolean> {
  const found = opener(page, platform, env)
  if (found === null) return false
  const [command, args] = found
  const child = spawn(command, args, { detached: true, stdio: 'ignore', env })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const patience = setTimeout(() => resolve(true), PATIENCE_MS)
  child.once('error', () => resolve(false))
  child.once('exit', (code) => resolve(code === 0))
  const opened = await promise
  clearTimeout(patience)
  child.unref()
  return opened
}
