import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeMonitoringFolder, outboxFolder, writeMonitoringFile } from '../metrics/folder.ts'
import type { Alert } from './alert.ts'

/** An alert that this process has taken out of the outbox to deliver it. */
export interface Claimed {
  readonly alert: Alert
  /** It was delivered, or nobody can use it. */
  done(): void
  /** It goes back, for the next one who delivers. */
  putBack(): void
}

const KEPT_MS = 7 * 24 * 60 * 60 * 1000
const MOST = 100
/** Longer than anybody delivers: who claimed it then was killed, and another process has its number now. */
const STALE_MS = 60 * 60 * 1000
const NAME = /^\d{13}-[\w-]+\.json$/
const CLAIMED = /^(\d{13}-[\w-]+\.json)\.(\d+)$/

/**
 * Puts an alert into the outbox, where it survives a crash and a receiver that is down. What nobody fetched for a
 * week, or all but the newest hundred, is thrown away.
 *
 * @throws the system's error
 */
export function post(database: string, alert: Alert, now: Date): void {
  const folder = makeMonitoringFolder(database, 'outbox')
  writeMonitoringFile(database, join(folder, `${now.getTime()}-${alert.id}.json`), `${JSON.stringify(alert)}\n`)
  const names = readdirSync(folder).filter((name) => NAME.test(name)).sort()
  const old = names.filter((name) => now.getTime() - Number(name.slice(0, 13)) > KEPT_MS)
  for (const name of new Set([...old, ...names.slice(0, -MOST)])) rmSync(join(folder, name), { force: true })
}

/** Whether anything waits there. */
export function hasAlerts(database: string): boolean {
  const folder = outboxFolder(database)
  return existsSync(folder) && readdirSync(folder).some((name) => NAME.test(name) || CLAIMED.test(name))
}

/** Takes all alerts that nobody else delivers just now, the oldest first. */
export function claim(database: string, now: Date): Claimed[] {
  const folder = outboxFolder(database)
  if (!existsSync(folder)) return []
  for (const name of readdirSync(folder)) freeAbandoned(folder, name, now)
  return readdirSync(folder).filter((name) => NAME.test(name)).sort().flatMap((name) => claimOne(folder, name) ?? [])
}

function claimOne(folder: string, name: string): Claimed | null {
  const own = join(folder, `${name}.${process.pid}`)
  try {
    renameSync(join(folder, name), own)
  } catch {
    // Another process was faster.
    return null
  }
  const done = (): void => rmSync(own, { force: true })
  try {
    const alert = JSON.parse(readFileSync(own, 'utf8')) as Alert
    return { alert, done, putBack: () => renameSync(own, join(folder, name)) }
  } catch {
    done()
    return null
  }
}

/** Gives back what was claimed by a process that is gone. */
function freeAbandoned(folder: string, name: string, now: Date): void {
  const [, free, pid] = CLAIMED.exec(name) ?? []
  if (free === undefined) return
  const path = join(folder, name)
  const changed = statSync(path, { throwIfNoEntry: false })?.ctimeMs
  if (changed === undefined) return
  if (isAlive(Number(pid)) && now.getTime() - changed < STALE_MS) return
  try {
    renameSync(path, join(folder, free))
  } catch {
    // It was finished, or freed by another one.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // There is one that belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
