import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a running bot saw of a deploy: its part of the deploy's report. */
export interface DeployAccount {
  readonly format: 1
  /** Tells the accounts of several processes apart: letters and digits. */
  readonly process: string
  /** The database's path, with links followed. */
  readonly database: string
  /** When the bot saw that the deploy had happened: ISO 8601, UTC. */
  readonly seenAt: string
  /** The schema's version from then on; null where it could not be read. */
  readonly version: number | null
  /** When its writes, and with them its players' answers, waited for another process: since when, and for how many milliseconds. */
  readonly waits: readonly { readonly since: string; readonly ms: number }[]
  /** Games in play that it told of it. */
  readonly games: number
  /** Its smoke queries on the new content. */
  readonly queries: SmokeResult
}

/** How the queries went that a program asks most often. */
export interface SmokeResult {
  readonly count: number
  /** All of them, in milliseconds. */
  readonly ms: number
  readonly slowest: { readonly name: string; readonly ms: number } | null
  readonly failed: readonly { readonly name: string; readonly error: string }[]
}

/** What an account's file name ends with; it begins with the time, as a report's does. */
export const accountEnding = '.bot.json'

/**
 * Writes an account into the folder of the database's reports, for as many eyes as the database itself.
 *
 * @returns its path
 * @throws the system's error: a folder that is read-only, a full disk
 */
export function writeDeployAccount(account: DeployAccount): string {
  const folder = join(dirname(account.database), 'reports')
  const mode = statSync(account.database).mode & 0o666
  // Who may read it may enter.
  mkdirSync(folder, { recursive: true, mode: mode | ((mode & 0o444) >> 2) })
  const path = join(folder, `${account.seenAt.replaceAll(/[-:.]/g, '')}.${account.process}${accountEnding}`)
  const temporary = `${path}.partial`
  try {
    writeFileSync(temporary, `${JSON.stringify(account, null, 2)}\n`, { mode: 0o600 })
    chmodSync(temporary, mode)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  return path
}
