import type { Finding, Verdict } from './alert.ts'

/** An alert that has been told and not yet taken back. */
export interface Active extends Finding {
  /** When it was last told, milliseconds since 1970. */
  readonly toldAt: number
}

/** What to tell, and what to remember afterwards. */
export interface Decision {
  readonly tell: { readonly status: 'firing' | 'resolved'; readonly finding: Finding } | null
  readonly remember: Active | null
}

/**
 * Whether there is news: a new alert, one with another cause, the same one after a while, or one that is well again.
 *
 * @param active what was told before; null where nothing was
 */
export function suppress({ firing }: Verdict, active: Active | null, now: Date, repeatSeconds: number): Decision {
  if (firing === null) {
    return { tell: active === null ? null : { status: 'resolved', finding: active }, remember: null }
  }
  const sinceMs = active === null ? Infinity : now.getTime() - active.toldAt
  const same = active?.cause === firing.cause && active.severity === firing.severity
  // A clock that was set back must not silence anything.
  if (active !== null && same && sinceMs >= 0 && sinceMs < repeatSeconds * 1000) return { tell: null, remember: active }
  return { tell: { status: 'firing', finding: firing }, remember: { ...firing, toldAt: now.getTime() } }
}
