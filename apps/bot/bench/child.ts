import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const programs = { empty: join(import.meta.dirname, 'empty-bot.ts'), trivia: join(import.meta.dirname, 'trivia-bot.ts') } as const

export interface Child extends AsyncDisposable {
  readonly ready: Promise<void>
  /** Resident memory after a collection, in bytes. */
  memory(): Promise<number>
}

/** Starts a bot in a process of its own. */
export async function startChild(kind: keyof typeof programs, env: Readonly<Record<string, string>>): Promise<Child> {
  const child = spawn(process.execPath, ['--expose-gc', programs[kind]], { env: { ...process.env, ...env, LOG_LEVEL: 'info' }, stdio: ['ignore', 'pipe', 'inherit'] })
  const listeners = new Set<(line: Record<string, unknown>) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) for (const listen of listeners) listen(JSON.parse(line) as Record<string, unknown>)
  })
  const said = (message: string): Promise<Record<string, unknown>> => new Promise((resolve, reject) => {
    const listen = (line: Record<string, unknown>): void => {
      if (line.msg !== message) return
      listeners.delete(listen)
      resolve(line)
    }
    listeners.add(listen)
    child.once('exit', (code) => reject(new Error(`The bot ended with ${code}.`)))
  })
  return {
    ready: said('commands are registered').then(() => {}),
    memory: async () => {
      const answer = said('memory')
      child.kill('SIGUSR2')
      return Number((await answer).rss)
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(undefined)))
    },
  }
}
