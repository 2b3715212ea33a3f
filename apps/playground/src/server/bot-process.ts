import type { BotStatus } from '../shared/status.ts'
import { type Child, type ChildEnd, startChild } from './child.ts'
import { eachLine } from './lines.ts'
import { programs } from './locations.ts'

/** Milliseconds before it is started again after it died: more each time, until it ran for a while. */
const BACK_OFF = [500, 1_000, 2_000, 5_000, 10_000] as const
const LONG_ENOUGH = 20_000
const GRACE_OF_A_START = 300
const REMEMBERED_LINES = 40

export interface BotProcessOptions {
  readonly env: NodeJS.ProcessEnv
  readonly program?: string
  readonly changed: (status: BotStatus) => void
  /** What it logs, and what it says when it dies. */
  readonly log: (line: string) => void
}

/** Keeps the bot running: starts it again after a change of its source and after it died. */
export class BotProcess {
  readonly #options: BotProcessOptions
  #child: Child | null = null
  #status: BotStatus = { state: 'stopped', starts: 0, reason: null, readyAfterMs: null }
  #failures = 0
  #wantedSince = 0
  #retry: NodeJS.Timeout | undefined
  #restarting: Promise<void> | null = null
  #closed = false

  constructor(options: BotProcessOptions) {
    this.#options = options
  }

  get status(): BotStatus { return this.#status }

  start(): void {
    this.#wantedSince = Date.now()
    this.#spawn(null)
  }

  /** Discord knows the bot now. */
  isReady(): void {
    if (this.#status.state === 'starting') this.#set({ state: 'running', readyAfterMs: Date.now() - this.#wantedSince })
  }

  /** Ends the running one and starts another; calls that come meanwhile count as one. */
  restart(reason: string): Promise<void> {
    this.#restarting ??= this.#restart(reason).finally(() => (this.#restarting = null))
    return this.#restarting
  }

  async stop(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#child?.stop()
  }

  async #restart(reason: string): Promise<void> {
    clearTimeout(this.#retry)
    this.#wantedSince = Date.now()
    this.#failures = 0
    const child = this.#child
    this.#child = null
    if (child?.running === true) {
      // One that is not there yet has nothing to finish.
      const grace = this.#status.state === 'starting' ? GRACE_OF_A_START : undefined
      this.#set({ state: 'stopping', reason })
      await child.stop(grace)
    }
    this.#spawn(reason)
  }

  #spawn(reason: string | null): void {
    if (this.#closed) return
    const child = startChild(this.#options.program ?? programs.bot, { args: [], env: this.#options.env })
    const startedAt = Date.now()
    const last: string[] = []
    // Where it died is worth seeing once, not at every attempt.
    const isNew = this.#failures === 0
    eachLine(child.stdout, this.#options.log)
    eachLine(child.stderr, (line) => {
      if (last.push(line) > REMEMBERED_LINES) last.shift()
      if (isNew) this.#options.log(line)
    })
    this.#child = child
    this.#set({ state: 'starting', starts: this.#status.starts + 1, reason, readyAfterMs: null })
    void child.ended.then((end) => {
      if (this.#child === child && !this.#closed) this.#died(end, last, Date.now() - startedAt)
    })
  }

  #died({ code, signal }: ChildEnd, last: readonly string[], livedMs: number): void {
    if (livedMs > LONG_ENOUGH) this.#failures = 0
    const wait = BACK_OFF[Math.min(this.#failures, BACK_OFF.length - 1)] ?? 10_000
    this.#failures += 1
    const why = lastWords(last)
    const reason = `The bot ended (${signal ?? `exit code ${code ?? '?'}`})${why === '' ? '' : `: ${why}`}`
    this.#options.log(`${reason} — starting it again in ${wait / 1000} s`)
    this.#set({ state: 'waiting', reason })
    this.#wantedSince = Date.now()
    this.#retry = setTimeout(() => this.#spawn(reason), wait)
  }

  #set(change: Partial<BotStatus>): void {
    this.#status = { ...this.#status, ...change }
    this.#options.changed(this.#status)
  }
}

/** What a process that died said about it: its own error, or the line of an uncaught one. */
function lastWords(lines: readonly string[]): string {
  const words = lines.filter((line) => line.trim() !== '' && !line.startsWith('{') && !/^\s+at /.test(line))
  return (words.find((line) => /^\w*(?:Error|[A-Z_]{4,}):? /.test(line)) ?? words.at(0) ?? '').slice(0, 400)
}
