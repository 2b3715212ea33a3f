import { Worker } from 'node:worker_threads'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'

type Answer<N extends TaskName> = { output: TaskOutput<N> } | { failure: { message: string; code?: string } }

/** Runs a task in a thread of its own, so that independent checks use both cores and the terminal stays alive. */
export function runTask<N extends TaskName>(name: N, input: TaskInput<N>): Promise<TaskOutput<N>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { name, input } })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The ${name} task ended without an answer (${code}).`)))
    worker.once('message', (answer: Answer<N>) => {
      if ('output' in answer) resolve(answer.output)
      else reject(Object.assign(new Error(answer.failure.message), { code: answer.failure.code }))
    })
  })
}
