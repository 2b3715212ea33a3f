import { parentPort, workerData } from 'node:worker_threads'
import { collectQuestions } from '@trivia/questions/importing'
import { uploadLimits } from './limits.ts'

// Reads one uploaded file in a thread of its own, which can be stopped when it takes too long.
const { name, bytes } = workerData as { name: string; bytes: Uint8Array }
const { read, questions, rejected } = collectQuestions([{ name, bytes }], { limits: uploadLimits })
parentPort?.postMessage({ read, questions, rejected })
