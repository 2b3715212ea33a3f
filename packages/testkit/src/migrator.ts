import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from './repository.ts'

export interface MigratorOptions {
  /** Where the caller stands. Default: the repository. */
  readonly cwd?: string
  /** Added to an environment with nothing of the developer's own. */
  readonly env?: Readonly<Record<string, string>>
  /** When it is killed, in milliseconds; the promise is then rejected. Default 120,000. */
  readonly timeoutMs?: number
}

/** How a run of the migrator ended. */
export interface MigratorRun {
  /** Null when a signal ended it. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  /** What stdout is, which must be one JSON document. The caller says what it expects of it. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- shorter to read than a cast at each call
  json<T = Readonly<Record<string, unknown>>>(): T
  /** The same, of `deploy --json` or `rehearse --json`. */
  deployJson(): DeployDocument
}

/** What `deploy --json` promises; written down here again, so that a test notices when it changes. */
export interface DeployDocument {
  readonly outcome: 'deployed' | 'up-to-date' | 'refused' | 'failed'
  readonly exitCode: number
  readonly database: string
  readonly version: { readonly from: number | null; readonly to: number | null }
  readonly adopted: boolean
  readonly applied: readonly string[]
  readonly backups: { readonly pre: string | null; readonly post: string | null }
  readonly preservation: Readonly<Record<string, PreservationDocument>>
  readonly durationsMs: Readonly<Record<string, number>>
  readonly rounds: number
  readonly writersHeldMs: number
  readonly notes: readonly string[]
  readonly error: ErrorDocument | null
}

export interface PreservationDocument {
  readonly before: number
  readonly after: number
  readonly lost: number
  readonly added: number
  readonly changed: number
  readonly quarantined: number
}

export interface ErrorDocument {
  readonly code: string
  readonly what: string
  readonly why: string
  readonly next: string
  readonly details?: readonly string[]
}

/** A migrator that runs in a process group of its own. */
export interface RunningMigrator extends AsyncDisposable {
  readonly pid: number
  readonly done: Promise<MigratorRun>
  /** Both outputs so far. */
  output(): string
  /** Resolves when a line of stdout or stderr matches; rejects when the process ends before. */
  waitFor(pattern: RegExp): Promise<void>
  /** SIGKILL to the whole group, Prisma's processes included. Resolves when it is gone. */
  kill(): Promise<void>
}

const ENTRY = join(repositoryRoot, 'apps', 'migrator', 'bin', 'migrator.js')
/** What a program needs of the environment, and nothing that tells it which database to use. */
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'USER', 'SystemRoot']

/** Runs `migrator ARGS…` to its end. */
export async function runMigrator(args: readonly string[], options: MigratorOptions = {}): Promise<MigratorRun> {
  return await startMigrator(args, options).done
}

/** Starts `migrator ARGS…` and goes on. */
export function startMigrator(args: readonly string[], options: MigratorOptions = {}): RunningMigrator {
  const { cwd = repositoryRoot, env = {}, timeoutMs = 120_000 } = options
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd, env: { ...bareEnvironment(), ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const pid = child.pid
  if (pid === undefined) throw new Error('The migrator could not be started.')
  let stdout = ''
  let stderr = ''
  let ended = false
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
    tell()
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    tell()
  })

  const done = new Promise<MigratorRun>((resolve, reject) => {
    const timer = setTimeout(() => {
      killGroup(pid)
      reject(new Error(`migrator ${args.join(' ')} did not end within ${timeoutMs} ms:\n${stdout}${stderr}`))
    }, timeoutMs)
    child.once('error', reject)
    child.once('close', (exitCode) => {
      clearTimeout(timer)
      ended = true
      resolve({
        exitCode,
        stdout,
        stderr,
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- see the interface
        json: <T>() => parse(args, stdout, stderr) as T,
        deployJson: () => parse(args, stdout, stderr) as DeployDocument,
      })
      tell()
    })
  })
  done.catch(() => {})

  const kill = async (): Promise<void> => {
    if (!ended) killGroup(pid)
    await done.catch(() => {})
  }
  return {
    pid,
    done,
    output: () => stdout + stderr,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(stdout) || pattern.test(stderr)) resolve()
          else if (ended) reject(new Error(`The migrator ended without ${String(pattern)}:\n${stdout}${stderr}`))
          else return
          listeners.delete(look)
        }
        listeners.add(look)
        look()
      }),
    kill,
    [Symbol.asyncDispose]: kill,
  }
}

function bareEnvironment(): Record<string, string> {
  const kept = KEPT.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  return { ...(Object.fromEntries(kept) as Record<string, string>), NO_COLOR: '1' }
}

/** Kills a process group; one that is gone already is no error. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function parse(args: readonly string[], stdout: string, stderr: string): unknown {
  try {
    return JSON.parse(stdout)
  } catch (error) {
    throw new Error(`migrator ${args.join(' ')} did not print one JSON document:\n${stdout}\n${stderr}`, { cause: error })
  }
}
