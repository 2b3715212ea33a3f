import { Worker } from 'node:worker_threads'
import type { TaskInput, TaskName, TaskOutput, Tell } from './tasks.ts'

type Answer<N extends TaskName> = { progress: string } | { output: TaskOutput<N> } | { failure: { message: string; code?: string; stack?: string } }

/** What a task may use at most, in MiB of JavaScript's own memory: none holds more than a batch of rows. */
const HEAP_MB = 160

/** Runs a task in a thread of its own, so that independent checks use both cores and the terminal stays alive. */
export function runTask<N extends TaskName>(name: N, input: TaskInput<N>, tell: Tell = () => {}, signal?: AbortSignal): Promise<TaskOutput<N>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../../bin/task-worker.js', import.meta.url), { workerData: { name, input }, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } })
    const stop = (): void => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      reject(new Error(`The ${name} task ended without an answer (${code}).`))
    })
    worker.on('message', (answer: Answer<N>) => {
      if ('progress' in answer) tell(answer.progress)
      else if ('output' in answer) resolve(answer.output)
      else reject(Object.assign(new Error(answer.failure.message), { code: answer.failure.code, stack: answer.failure.stack }))
    })
  })
}
