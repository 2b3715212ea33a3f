import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A process that does something until it is told to stop, and then says what it has seen. */
export interface Background<Report> extends AsyncDisposable {
  readonly pid: number
  /** Ends it in an orderly way. */
  stop(): Promise<Report>
  /** What it has seen so far. */
  look(): Promise<Report>
}

/** Starts one of this folder's scripts, and waits until it has begun. */
export async function startBackground<Report>(script: string, input: object): Promise<Background<Report>> {
  const child = fork(join(import.meta.dirname, script), [JSON.stringify(input)], { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' })
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${script} ended (${String(code)}): ${complaint}`)))
  })
  ended.catch(() => {})
  const ask = async (question: string): Promise<Report> => {
    const answer = nextMessage(child)
    child.send(question)
    return (await Promise.race([answer, ended])) as Report
  }
  await Promise.race([nextMessage(child), ended])
  return {
    pid: child.pid ?? 0,
    look: () => ask('look'),
    stop: async () => {
      const report = await ask('stop')
      await ended.catch(() => {})
      return report
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended.catch(() => {})
    },
  }
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('message', resolve))
}
