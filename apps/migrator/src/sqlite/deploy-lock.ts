import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { refuse } from '../errors.ts'
import { writeFileDurably } from '../files/durable.ts'
import { apply, type Ownership } from '../files/permissions.ts'
import { isBusy } from './busy.ts'
import { type Connection, openDatabase } from './connection.ts'

/** Who holds the lock, for the one who finds it taken. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  readonly command: string
  /** ISO 8601, UTC. */
  readonly since: string
}

/**
 * How long to try, in milliseconds. Two that begin in the same moment hold parts of the lock for a moment each:
 * without any patience both would be refused.
 */
const COLLISION_MS = 750

/**
 * One deploy at a time: an SQLite file in rollback mode beside the database, locked exclusively for as long as
 * this object lives. The kernel frees it with the process, so no kill leaves a stale lock. The file is never
 * removed: two processes could then hold a lock each, on two files of one name.
 */
export class DeployLock {
  /** Kept referenced: a connection that is garbage-collected gives up its lock. */
  readonly #connection: Connection
  readonly #holderFile: string

  private constructor(connection: Connection, holderFile: string) {
    this.#connection = connection
    this.#holderFile = holderFile
  }

  /**
   * @param ownership of the lock's files: that of the live database
   * @throws MigratorError DEPLOY_RUNNING (exit 3) when another process has it
   */
  static acquire(database: string, holder: LockHolder, ownership: Ownership): DeployLock {
    const file = lockPath(database)
    const holderFile = `${file}.json`
    closeSync(openSync(file, 'a', ownership.mode))
    apply(ownership, file)
    const connection = openDatabase(file, { busyTimeoutMs: COLLISION_MS })
    try {
      connection.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      connection.close()
      if (!isBusy(error)) throw error
      throw refuse({
        code: 'DEPLOY_RUNNING',
        what: 'Another deploy of this database is running.',
        why: describeHolder(holderFile),
        next: 'Wait until it ends, then run "migrator status".',
      }, error)
    }
    writeFileDurably(holderFile, `${JSON.stringify(holder)}\n`, ownership.mode)
    return new DeployLock(connection, holderFile)
  }

  release(): void {
    rmSync(this.#holderFile, { force: true })
    this.#connection.close()
  }
}

/** The lock's path for a database. */
export function lockPath(database: string): string {
  return `${database}.deploy-lock`
}

function describeHolder(holderFile: string): string {
  try {
    const holder = JSON.parse(readFileSync(holderFile, 'utf8')) as LockHolder
    return `Process ${holder.pid} on ${holder.host} has held the lock since ${holder.since} ("${holder.command}").`
  } catch {
    return 'Another process has just taken the lock.'
  }
}
