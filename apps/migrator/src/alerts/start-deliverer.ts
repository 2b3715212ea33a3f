import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Alert } from './alert.ts'

/** What the process that delivers gets. */
export interface DelivererStart {
  readonly database: string
  readonly env: NodeJS.ProcessEnv
  /** Alerts that could not be put into the outbox. */
  readonly unsaved: readonly Alert[]
  /** How long to wait for its end; 0 goes on at once. */
  readonly waitMs: number
}

/** Starts a process that delivers the outbox and outlives this one. One that cannot be started leaves the outbox to the next. */
export async function startDeliverer({ database, env, unsaved, waitMs }: DelivererStart): Promise<void> {
  const entry = fileURLToPath(new URL('./deliverer.ts', import.meta.url))
  // In a session of its own, so that Ctrl-C and a closed terminal do not end it; in no folder that somebody may want to unmount.
  const child = spawn(process.execPath, [entry, database], { cwd: tmpdir(), env, detached: true, stdio: [unsaved.length > 0 ? 'pipe' : 'ignore', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  child.unref()
  if (child.stdin !== null) {
    const { stdin } = child
    // The kernel's pipe holds far more than a few alerts, so this does not wait for the reader.
    await Promise.race([ended, new Promise<void>((resolve) => stdin.once('error', () => resolve()).end(JSON.stringify(unsaved), () => resolve()))])
  }
  if (waitMs <= 0) return
  let timer: NodeJS.Timeout | undefined
  await Promise.race([ended, new Promise<void>((resolve) => (timer = setTimeout(resolve, waitMs)))])
  clearTimeout(timer)
}
