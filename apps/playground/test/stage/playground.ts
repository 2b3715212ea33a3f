import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const program = resolve(import.meta.dirname, '../../src/server/main.ts')
const LONGEST_MS = 50_000

/** A `pnpm dev` of a test's own. */
export interface RunningPlayground {
  /** Without a slash at its end. */
  readonly address: string
  readonly database: string
  readonly process: ChildProcess
  readonly output: () => string
  /** Ends it; the folder goes, too, unless it is kept. */
  end(signal?: NodeJS.Signals, keep?: 'keep'): Promise<number | null>
}

/** Starts everything, on a new database unless a folder with one is given, and waits for the address. */
export async function startPlayground(port: number, args: readonly string[] = ['--no-watch'], folder = mkdtempSync(join(tmpdir(), 'playground-'))): Promise<RunningPlayground> {
  const env = { ...process.env, DISCORD_TOKEN: '', DATABASE_PATH: '', DATABASE_URL: '', INIT_CWD: folder }
  const child = spawn(process.execPath, [program, '--port', String(port), '--data-dir', folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env })
  let output = ''
  const { promise, resolve: found, reject } = Promise.withResolvers<string>()
  const take = (part: Buffer): void => {
    output += part.toString()
    const address = /(http:\/\/[^\s/]+)\/ /.exec(output)?.[1]
    if (address !== undefined) found(address)
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  child.once('exit', (code) => reject(new Error(`pnpm dev ended with ${code}:\n${output}`)))
  const timer = setTimeout(() => reject(new Error(`pnpm dev is not ready:\n${output}`)), LONGEST_MS)
  const end = async (signal: NodeJS.Signals = 'SIGINT', keep?: 'keep'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
    }
    if (keep === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    return child.exitCode
  }
  try {
    return { address: await promise, database: join(folder, 'trivia.db'), process: child, output: () => output, end }
  } catch (error) {
    await end('SIGKILL')
    throw error
  } finally {
    clearTimeout(timer)
  }
}
