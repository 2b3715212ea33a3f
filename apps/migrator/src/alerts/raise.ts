import { randomUUID } from 'node:crypto'
import { messageOf } from '../errors.ts'
import { readActive, saveActive } from './active.ts'
import type { Alert, Verdict } from './alert.ts'
import { post } from './outbox.ts'
import { suppress } from './suppress.ts'

/** Where and when alerts are raised. */
export interface Occasion {
  readonly database: string
  readonly host: string
  readonly now: Date
  readonly repeatSeconds: number
}

/** What was raised. */
export interface Raised {
  /** Alerts that wait in the outbox. */
  readonly posted: readonly Alert[]
  /** Those that could not be written down, such as on a full disk, and can only be handed on. */
  readonly unsaved: readonly Alert[]
  readonly problem: string | null
}

/**
 * Puts what is news into the outbox, and remembers it. In this order: who is killed in between tells something twice
 * rather than never.
 */
export function raise(verdicts: readonly Verdict[], { database, host, now, repeatSeconds }: Occasion): Raised {
  const decisions = verdicts.map((verdict) => {
    const before = readActive(database, verdict.name)
    return { name: verdict.name, before, ...suppress(verdict, before, now, repeatSeconds) }
  })
  const alerts = decisions.flatMap(({ tell }): Alert[] => {
    if (tell === null) return []
    const { name, severity, summary, what, why, next } = tell.finding
    return [{ id: randomUUID(), status: tell.status, name, severity, summary, what, why, next, at: now.toISOString(), database, host }]
  })
  const posted: Alert[] = []
  try {
    for (const [index, alert] of alerts.entries()) {
      // A millisecond apart, so that they keep their order.
      post(database, alert, new Date(now.getTime() + index))
      posted.push(alert)
    }
    for (const { name, before, remember } of decisions) {
      if (remember !== before) saveActive(database, name, remember)
    }
    return { posted, unsaved: [], problem: null }
  } catch (error) {
    return { posted, unsaved: alerts.filter((alert) => !posted.includes(alert)), problem: messageOf(error) }
  }
}
