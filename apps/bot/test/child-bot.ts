import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryRoot } from '@trivia/testkit'

/** A bot in a process of its own, as an operator runs it. */
export interface ChildBot {
  readonly process: ChildProcess
  /** What it logged, as JSON. */
  readonly log: Record<string, unknown>[]
  readonly stderr: () => string
  /** Waits for a line of the log. */
  logged(message: string, timeoutMs?: number): Promise<Record<string, unknown>>
  /** Sends a signal and waits for the end; gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
  readonly exited: Promise<number | null>
}

const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))

export function startChildBot(env: Readonly<Record<string, string>>): ChildBot {
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps/bot/bin/bot.js')], { env: { ...process.env, LOG_LEVEL: 'info', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const log: Record<string, unknown>[] = []
  const waiting = new Set<() => void>()
  let errors = ''
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.push(line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : { msg: line })
    waiting.forEach((look) => look())
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child)
    waiting.forEach((look) => look())
    return code as number | null
  })
  return {
    process: child, log, exited,
    stderr: () => errors,
    logged: (message, timeoutMs = 30_000) => new Promise((resolve, reject) => {
      const stop = (): void => {
        waiting.delete(look)
        clearTimeout(timer)
      }
      const look = (): void => {
        const found = log.find(({ msg }) => msg === message)
        if (found) {
          stop()
          resolve(found)
        } else if (child.exitCode !== null) {
          stop()
          reject(new Error(`The bot has ended with ${child.exitCode} and did not say "${message}": ${errors}`))
        }
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`"${message}" was not logged. ${errors}`))
      }, timeoutMs)
      waiting.add(look)
      look()
    }),
    end: (signal) => {
      child.kill(signal)
      return exited
    },
  }
}
