import { type Timer, Timers } from './timers.ts'

/** Time as the sandbox sees it: deadlines, tokens and rate limits are measured with it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Does something once that much time has passed; the result calls it off. */
  after(milliseconds: number, action: () => void): () => void
}

/** A clock that a test can move. */
export interface SandboxClock extends Clock {
  /** Moves the clock forward; what becomes due on the way happens in its order, each at its own time. */
  advance(milliseconds: number): void
  /** Forgets everything that was to happen. */
  close(): void
}

/** How a clock starts. */
export interface ClockOptions {
  /** The time that passes by itself. */
  realNow: () => number
  /** Time stands still except for `advance`. */
  frozen: boolean
  /** Where it starts; the real time if absent. */
  startAt?: number
}

// Longer delays overflow setTimeout and would fire at once.
const LONGEST_DELAY = 2 ** 31 - 1

/** A clock that runs with the real one, or stands, and can be moved forward. */
export function createClock(options: ClockOptions): SandboxClock {
  const started = options.realNow()
  let offset = (options.startAt ?? started) - started
  const timers = new Timers()
  let alarm: NodeJS.Timeout | undefined
  let armedFor: Timer | undefined

  const now = (): number => (options.frozen ? started : options.realNow()) + offset
  const runDue = (until: number): void => {
    for (let timer = timers.first(); timer !== undefined && timer.due <= until; timer = timers.first()) {
      timers.take()
      offset += Math.max(0, timer.due - now())
      timer.action()
    }
    armedFor = undefined
    arm()
  }
  const arm = (): void => {
    const timer = options.frozen ? undefined : timers.first()
    if (timer !== undefined && timer === armedFor) return
    clearTimeout(alarm)
    armedFor = timer
    if (timer === undefined) return
    alarm = setTimeout(() => runDue(now()), Math.min(LONGEST_DELAY, Math.max(0, timer.due - now())))
    alarm.unref()
  }

  return {
    now,
    after: (milliseconds, action) => {
      const timer: Timer = { due: now() + milliseconds, action, cancelled: false }
      timers.add(timer)
      arm()
      return () => void (timer.cancelled = true)
    },
    advance: (milliseconds) => {
      const target = now() + milliseconds
      runDue(target)
      offset += Math.max(0, target - now())
      armedFor = undefined
      arm()
    },
    close: () => {
      timers.clear()
      clearTimeout(alarm)
    },
  }
}
