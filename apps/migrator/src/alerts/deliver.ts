import { setTimeout as sleep } from 'node:timers/promises'
import type { Alert } from './alert.ts'
import { attempt } from './attempt.ts'
import { type Claimed, claim } from './outbox.ts'
import type { Receiver } from './receiver.ts'
import { requestFor } from './request.ts'

/** How patiently alerts are delivered, in milliseconds. */
export interface Patience {
  readonly timeoutMs: number
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  /** For all alerts together; what is left then waits for the next run. */
  readonly totalMs: number
}

export const patience: Patience = { timeoutMs: 10_000, firstPauseMs: 1_000, longestPauseMs: 60_000, totalMs: 10 * 60_000 }

/** What became of the alerts of the outbox. */
export interface Delivery {
  readonly delivered: number
  readonly left: number
  /** Why those that are left are. */
  readonly why: string | null
}

/**
 * Delivers what is in a database's outbox, in order, with pauses that grow where the receiver is not well.
 *
 * @param unsaved alerts that could not be put there
 */
export async function deliver(
  database: string,
  receiver: Receiver,
  { unsaved = [], limits = patience, now = () => new Date() }: { readonly unsaved?: readonly Alert[]; readonly limits?: Patience; readonly now?: () => Date } = {},
): Promise<Delivery> {
  const deadline = now().getTime() + limits.totalMs
  const sum = { delivered: 0, left: 0, why: null as string | null }
  // What came in meanwhile belongs to the process that wrote it, which may have gone already.
  const waiting = [...claim(database, now()), ...unsaved.map((alert) => ({ alert, done: () => {}, putBack: () => {} }))]
  for (const claimed of waiting) {
    const problem = await deliverOne(claimed, receiver, { ...limits, deadline }, now)
    if (problem === null) {
      claimed.done()
      sum.delivered++
    } else {
      claimed.putBack()
      sum.left++
      sum.why = problem
    }
  }
  return sum
}

/** @returns null, or why it is not delivered */
async function deliverOne({ alert }: Claimed, receiver: Receiver, limits: Patience & { readonly deadline: number }, now: () => Date): Promise<string | null> {
  let why = 'There was no time left.'
  for (let pause = limits.firstPauseMs; ; pause = Math.min(pause * 2, limits.longestPauseMs)) {
    const left = limits.deadline - now().getTime()
    if (left <= 0) return why
    const result = await attempt(requestFor(alert, receiver, now()), Math.min(limits.timeoutMs, left), now)
    if (result.outcome === 'delivered') return null
    why = result.why
    if (result.outcome === 'rejected') return why
    // A little off the beat, so that several machines do not come back in the same moment.
    const wait = Math.max(result.afterMs ?? 0, pause * (0.75 + Math.random() / 2))
    if (now().getTime() + wait >= limits.deadline) return why
    await sleep(wait)
  }
}
