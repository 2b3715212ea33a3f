import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { answering, input } from './tell.ts'
import type { WriterReport, WriterTask } from './writer.ts'

const { path, playerId, everyMs, busyTimeoutMs, reconnect } = input() as WriterTask
const report: { -readonly [K in keyof WriterReport]: WriterReport[K] } & { errors: string[] } = { acknowledged: 0, errors: [], longestMs: 0 }

const open = (): Sqlite.Database => new Sqlite(path, { fileMustExist: true, timeout: busyTimeoutMs })
let connection = open()
const { stopped } = answering(() => report, () => connection.close())

while (!stopped()) {
  const start = performance.now()
  try {
    if (!connection.open) connection = open()
    connection.prepare('UPDATE users SET total_points = total_points + 1 WHERE user_id = ?').run(BigInt(playerId))
    report.acknowledged++
  } catch (error) {
    report.errors.push(error instanceof Error ? error.message : String(error))
  }
  report.longestMs = Math.max(report.longestMs, performance.now() - start)
  if (reconnect) connection.close()
  await sleep(everyMs)
}
