import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { Connection } from '@trivia/database/connection'
import { Lane } from './lane.ts'
import type { Call, LockWait, Outcome, WorkerSettings } from './protocol.ts'

// The entry of a worker: a lane on a connection of its own, fed by messages.
const port = parentPort
if (port === null) throw new Error('This file runs in a worker only.')
const { path, lane, patienceMs } = workerData as WorkerSettings

/** A wait inside of SQLite stops the thread: it is kept short, and repeated. */
const ONE_WAIT = 100

/** 48 random bits as a number from 0 up to 1: nobody can work out the next question. */
const random = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48

const open = (): Connection => new Connection({ path, readonly: lane === 'read', busyTimeoutMs: ONE_WAIT })
const worker = new Lane({ open, random, path, patienceMs, answer: (outcome: Outcome) => port.postMessage(outcome), waited: (wait: LockWait) => port.postMessage(wait) })
port.on('message', (call: Call) => worker.add(call))
