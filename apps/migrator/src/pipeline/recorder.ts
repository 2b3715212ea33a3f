import type { Context } from './context.ts'
import type { StepName } from './steps.ts'

/** Something that took time, in milliseconds since the run began. */
export interface Span {
  readonly name: string
  readonly startMs: number
  readonly ms: number
}

/** A step as it went, with what it had done in other threads and processes. */
export interface StepRecord {
  readonly step: StepName
  readonly round: number
  readonly startMs: number
  readonly ms: number
  readonly summary: string
  readonly failed: boolean
  readonly spans: readonly Span[]
}

/** The record of a step that is going on. */
export interface OpenRecord {
  /** The same context, whose tasks and runs of Prisma are written down with the step. */
  watch(context: Context): Context
  /** @returns milliseconds */
  end(summary: string): number
  fail(why: string): void
}

/** Writes down what a run does when. */
export class Recorder {
  readonly #clock: () => number
  readonly #beganAt: number
  readonly records: StepRecord[] = []

  /** @param clock milliseconds that only go up */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
    this.#beganAt = clock()
  }

  /** Milliseconds since the run began. */
  elapsed(): number {
    return Math.round(this.#clock() - this.#beganAt)
  }

  begin(step: StepName, round: number): OpenRecord {
    const startMs = this.elapsed()
    const spans: Span[] = []
    const close = (summary: string, failed: boolean): number => {
      const ms = this.elapsed() - startMs
      this.records.push({ step, round, startMs, ms, summary, failed, spans })
      return ms
    }
    const during = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const at = this.elapsed()
      try {
        return await work()
      } finally {
        spans.push({ name, startMs: at, ms: this.elapsed() - at })
      }
    }
    return {
      watch: (context) => ({
        ...context,
        runTask: (name, ...rest) => during(name, () => context.runTask(name, ...rest)),
        runPrisma: (target, args) => during(`prisma ${args.slice(0, 2).join(' ')}`, () => context.runPrisma(target, args)),
      }),
      end: (summary) => close(summary, false),
      fail: (why) => close(why, true),
    }
  }

  /** Milliseconds by step, over all rounds. */
  durations(): Partial<Record<StepName, number>> {
    const sums: Partial<Record<StepName, number>> = {}
    for (const { step, ms } of this.records) sums[step] = (sums[step] ?? 0) + ms
    return sums
  }
}
