import { setImmediate as breathe } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { answering, input } from './tell.ts'
import { fingerprint } from './fingerprint.ts'
import type { ReaderReport, ReaderTask } from './reader.ts'

const { path, busyTimeoutMs } = input() as ReaderTask
const connection = new Sqlite(path, { fileMustExist: true, timeout: busyTimeoutMs })
connection.defaultSafeIntegers(true)
const seen = new Set<string>()
const errors: string[] = []
let reads = 0
let inconsistent = 0
let longestMs = 0

/** The same look twice within one transaction: it must not change. */
const read = connection.transaction(() => [fingerprint(connection), fingerprint(connection)] as const)
const report = (): ReaderReport => ({ reads, inconsistent, errors, longestMs, seen: [...seen] })
const { stopped } = answering(report, () => connection.close())

while (!stopped()) {
  const start = performance.now()
  try {
    const [first, second] = read()
    if (first !== second) inconsistent++
    seen.add(first)
    reads++
  } catch (error) {
    errors.push(error instanceof Error ? error.message : String(error))
  }
  longestMs = Math.max(longestMs, performance.now() - start)
  await breathe()
}
