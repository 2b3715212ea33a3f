import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { DeployDocument } from '@trivia/testkit'

export interface PublishRun {
  /** Null when it was killed. */
  readonly exitCode: number | null
  readonly result: DeployDocument | null
  readonly stderr: string
}

/** Publishes a proven candidate by the steps of a real deploy, in a process group of its own. */
export function publishCandidate(database: string, candidate: string, env: Readonly<Record<string, string>> = {}): Promise<PublishRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'publish-candidate.script.ts'), database, candidate], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), 120_000)
    child.once('error', reject)
    child.once('close', (exitCode) => {
      clearTimeout(timer)
      resolve({ exitCode, result: exitCode === null || stdout === '' ? null : (JSON.parse(stdout) as DeployDocument), stderr })
    })
  })
}
