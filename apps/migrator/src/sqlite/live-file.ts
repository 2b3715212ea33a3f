import { closeSync, fsyncSync, openSync, readSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse } from '../errors.ts'
import { fsyncFolder, fsyncPath } from '../files/durable.ts'
import { isBusy } from './busy.ts'
import { type Connection, copyDatabase, limitMemory, openDatabase, pragmaValue } from './connection.ts'

/** What the live file looked like when it was armed; it tells whether anybody wrote since. */
export interface Witness {
  readonly dataVersion: bigint
  readonly header: Buffer
  readonly device: bigint
  readonly inode: bigint
}

/** How a publish ended: the new content is in, or somebody wrote since `arm` and nothing was changed. */
export type PublishOutcome = 'published' | 'changed'

const HEADER_BYTES = 100

/**
 * The live database while a deploy looks at it, and the only way by which the migrator changes its content.
 *
 * A descriptor is opened first and closed last: any other open and close of the file in this process would
 * drop SQLite's POSIX locks on it, and somebody else could write in the middle of a publish. For the same
 * reason nothing in this process may read or copy the file by other means.
 * The connection (the watcher) recovers a hot journal or WAL when it first reads.
 */
export class LiveFile {
  readonly path: string
  readonly #descriptor: number
  readonly #watcher: Connection
  #holding = false

  private constructor(path: string, descriptor: number, watcher: Connection) {
    this.path = path
    this.#descriptor = descriptor
    this.#watcher = watcher
  }

  /** Opens an existing file and reads its schema, which recovers what a crash left behind. */
  static open(path: string, busyTimeoutMs = 5000): LiveFile {
    const descriptor = openSync(path, 'r+')
    try {
      const watcher = openDatabase(path, { busyTimeoutMs })
      try {
        watcher.prepare('SELECT count(*) FROM sqlite_schema').get()
        limitMemory(watcher)
        return new LiveFile(path, descriptor, watcher)
      } catch (error) {
        watcher.close()
        throw error
      }
    } catch (error) {
      closeSync(descriptor)
      throw error
    }
  }

  /** The watcher, for reading. Never leave a transaction open on it. */
  get connection(): Connection {
    return this.#watcher
  }

  get isWal(): boolean {
    return pragmaValue(this.#watcher, 'journal_mode') === 'wal'
  }

  /** Notes what the file looks like, in one read transaction, which is then ended: an open one hides later writes. */
  arm(): Witness {
    const look = (): Witness => {
      this.#watcher.prepare('SELECT count(*) FROM sqlite_schema').get()
      const { dev, ino } = statSync(this.path, { bigint: true })
      return { dataVersion: this.#dataVersion(), header: this.#header(), device: dev, inode: ino }
    }
    return this.#holding ? look() : this.#watcher.transaction(look).deferred()
  }

  /**
   * Copies the whole database into `file` in one step: with several steps, a busy writer makes it start again
   * for ever. Requires that anything was copied, because a locked source ends without an error.
   */
  async snapshot(file: string): Promise<void> {
    // SQLite does not copy from a connection that is about to write: while writers are held, another one reads.
    const source = this.#holding ? openDatabase(this.path) : this.#watcher
    const copied = await copyDatabase(source, file).finally(() => {
      if (source !== this.#watcher) source.close()
    })
    if (!copied) {
      throw refuse({
        code: 'LIVE_BUSY',
        what: 'The database could not be read for the snapshot.',
        why: 'Another process holds it with an exclusive lock.',
        next: 'Find it with "fuser -v DATABASE", end its transaction, and deploy again.',
      })
    }
  }

  /** Holds writers back until `release`. Waits at most `waitMs` for the writer of the moment. */
  async hold(waitMs: number): Promise<void> {
    await retryWhileBusy(waitMs, () => this.#watcher.exec('BEGIN IMMEDIATE'), () =>
      refuse({
        code: 'WRITERS_NEVER_PAUSE',
        what: `No pause between writes was found within ${Math.round(waitMs / 1000)} s.`,
        why: 'Other processes write to the database without any pause, so they could not be held back.',
        next: 'Stop the bot for the deploy, or find who writes with "fuser -v DATABASE", and deploy again.',
      }),
    )
    this.#holding = true
  }

  /** Lets writers go on. Nothing was changed while they were held. */
  release(): void {
    if (!this.#holding || !this.#watcher.open) return
    this.#holding = false
    this.#watcher.exec('ROLLBACK')
  }

  /**
   * Writes the candidate's content into the live file in one transaction, on the same inode, unless somebody
   * wrote since `witness`. Readers see the old content until the commit and the new content after it.
   *
   * @param waitMs how long to wait for readers and writers that block, in milliseconds
   */
  async publish(candidate: string, witness: Witness, waitMs: number): Promise<PublishOutcome> {
    const deadline = Date.now() + waitMs
    this.release()
    while (true) {
      if (!this.isWal) await this.#drainReaders(Math.max(deadline - Date.now(), 1))
      const outcome = await this.#tryPublish(candidate, witness)
      if (outcome !== 'busy') return outcome
      if (Date.now() >= deadline) throw blocked(waitMs)
      await sleep(50)
    }
  }

  /**
   * Makes the present content survive a power loss. Where a reader keeps the checkpoint from finishing, the
   * WAL itself is synced, which is as good.
   */
  settle(): void {
    this.#watcher.pragma('synchronous = FULL')
    if (this.isWal) {
      const [result] = this.#watcher.pragma('wal_checkpoint(TRUNCATE)') as { busy: bigint }[]
      if (result?.busy !== 0n) fsyncPath(`${this.path}-wal`)
    }
    fsyncSync(this.#descriptor)
    fsyncFolder(this.path)
  }

  /** Switches to WAL, so that readers never wait for a writer. False where others keep it from doing so. */
  async useWal(waitMs: number): Promise<boolean> {
    const deadline = Date.now() + waitMs
    while (!this.isWal) {
      try {
        this.#watcher.pragma('journal_mode = WAL')
      } catch (error) {
        if (!isBusy(error)) throw error
      }
      if (Date.now() >= deadline) break
      await sleep(20)
    }
    return this.isWal
  }

  /** Closes the watcher, then the descriptor. */
  close(): void {
    this.#holding = false
    try {
      this.#watcher.close()
    } finally {
      closeSync(this.#descriptor)
    }
  }

  /** One read through the empty exclusive lock makes overlapping readers end one by one instead of never. */
  async #drainReaders(waitMs: number): Promise<void> {
    await retryWhileBusy(waitMs, () => this.#watcher.exec('BEGIN EXCLUSIVE; ROLLBACK'), () => blocked(waitMs))
  }

  async #tryPublish(candidate: string, witness: Witness): Promise<PublishOutcome | 'busy'> {
    const source = openDatabase(candidate, { readonly: true })
    const changed = new Error('changed')
    try {
      // The live file is locked when it is asked: only then the answer is final.
      const copied = await copyDatabase(source, this.path, () => {
        if (this.#changedSince(witness)) throw changed
      })
      return copied ? 'published' : 'busy'
    } catch (error) {
      if (error === changed) return 'changed'
      if (isBusy(error)) return 'busy'
      throw error
    } finally {
      source.close()
    }
  }

  #changedSince(witness: Witness): boolean {
    const { dev, ino } = statSync(this.path, { bigint: true })
    if (dev !== witness.device || ino !== witness.inode) return true
    const timeout = pragmaValue(this.#watcher, 'busy_timeout')
    this.#watcher.pragma('busy_timeout = 0')
    try {
      return this.#dataVersion() !== witness.dataVersion
    } catch (error) {
      // In DELETE mode the publish's own lock keeps the watcher out; the file's change counter decides.
      if (isBusy(error)) return !this.#header().equals(witness.header)
      throw error
    } finally {
      this.#watcher.pragma(`busy_timeout = ${timeout}`)
    }
  }

  #dataVersion(): bigint {
    return BigInt(pragmaValue(this.#watcher, 'data_version') ?? 0)
  }

  #header(): Buffer {
    const header = Buffer.alloc(HEADER_BYTES)
    readSync(this.#descriptor, header, 0, HEADER_BYTES, 0)
    return header
  }
}

function blocked(waitMs: number): Error {
  return refuse({
    code: 'LIVE_BLOCKED',
    what: `The new content could not be published within ${Math.round(waitMs / 1000)} s.`,
    why: 'Another process keeps a transaction open on the database: a reader, or a writer that does not commit.',
    next: 'Find it with "fuser -v DATABASE" (a database browser is a usual one), close it, and deploy again.',
  })
}

async function retryWhileBusy(waitMs: number, action: () => void, giveUp: () => Error): Promise<void> {
  const deadline = Date.now() + waitMs
  while (true) {
    try {
      action()
      return
    } catch (error) {
      if (!isBusy(error)) throw error
      if (Date.now() >= deadline) throw giveUp()
      await sleep(10)
    }
  }
}
