import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

const tether = join(import.meta.dirname, 'tether.ts')

export interface ChildOptions {
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Its output is the terminal's; else it can be read. */
  readonly visible?: boolean
}

/** How a child ended. */
export interface ChildEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that ends with this one, whatever happens. */
export interface Child {
  readonly pid: number
  readonly ended: Promise<ChildEnd>
  readonly running: boolean
  readonly stdout: Readable | null
  readonly stderr: Readable | null
  /** Asks it to end, with all that it started; after the grace period it is ended. */
  stop(graceMs?: number): Promise<ChildEnd>
}

/**
 * Starts a Node program. It leads a process group of its own: Ctrl-C reaches this process only, which then ends its
 * children in order, and what they started ends with them.
 */
export function startChild(program: string, { args, env = process.env, cwd, visible = false }: ChildOptions): Child {
  const output = visible ? 'inherit' : 'pipe'
  const child: ChildProcess = spawn(process.execPath, ['--import', tether, program, ...args], {
    env, detached: true, stdio: ['ignore', output, output, 'ipc'], ...(cwd === undefined ? {} : { cwd }),
  })
  const pid = child.pid ?? -1
  let running = child.pid !== undefined
  const ended = once(child, 'exit').then(([code, signal]): ChildEnd => ({ code: code as number | null, signal: signal as NodeJS.Signals | null })).catch((): ChildEnd => ({ code: null, signal: null }))
  void ended.then(() => {
    running = false
    signalGroup(pid, 'SIGKILL')
  })
  return {
    pid, ended,
    get running() { return running },
    stdout: child.stdout, stderr: child.stderr,
    stop: async (graceMs = 6_000) => {
      if (!running) return ended
      process.kill(pid, 'SIGTERM')
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
      const end = await ended
      clearTimeout(timer)
      return end
    },
  }
}

/** Nothing if the group is gone. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody is left in it.
  }
}
