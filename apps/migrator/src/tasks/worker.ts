import { parentPort, workerData } from 'node:worker_threads'
import { codeOf, messageOf } from '../errors.ts'
import { type TaskName, type TaskInput, tasks, type Tell } from './tasks.ts'

const { name, input } = workerData as { name: TaskName; input: TaskInput<TaskName> }

try {
  const run = tasks[name] as (input: TaskInput<TaskName>, tell: Tell) => unknown
  parentPort?.postMessage({ output: await run(input, (progress) => parentPort?.postMessage({ progress })) })
} catch (error) {
  parentPort?.postMessage({ failure: { message: messageOf(error), code: codeOf(error), stack: error instanceof Error ? error.stack : undefined } })
}
