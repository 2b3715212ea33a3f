import { parentPort, workerData } from 'node:worker_threads'
import { codeOf, messageOf } from '../errors.ts'
import { type TaskName, type TaskInput, tasks } from './tasks.ts'

const { name, input } = workerData as { name: TaskName; input: TaskInput<TaskName> }

try {
  const run = tasks[name] as (input: TaskInput<TaskName>) => unknown
  parentPort?.postMessage({ output: run(input) })
} catch (error) {
  parentPort?.postMessage({ failure: { message: messageOf(error), code: codeOf(error) } })
}
