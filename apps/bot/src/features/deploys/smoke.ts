import { isBusyError } from '@trivia/database/connection'
import type { SmokeResult } from '@trivia/database/deploy-account'
import { commonQueriesFor, sampleOf } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'

/** Asks what the bot asks most often, for somebody who is there, and tells what failed and what was slow. It changes nothing. */
export function smokeQueries({ db }: Pick<GameContext, 'db'>): SmokeResult {
  const began = performance.now()
  const failed: { name: string; error: string }[] = []
  const timed: { name: string; ms: number }[] = []
  const sample = sampleOf((sql) => orBroken(() => db.raw.prepare<[], string | number | null>(sql).pluck().get(), () => null))
  for (const { name, sql } of commonQueriesFor(sample)) {
    const started = performance.now()
    // Their SQL has ids in it: a connection that kept it prepared would keep it for nothing.
    const error = orBroken(() => void db.raw.prepare(sql).all(), (message) => message)
    if (error === undefined) timed.push({ name, ms: round(performance.now() - started) })
    else failed.push({ name, error })
  }
  const slowest = timed.toSorted((one, other) => other.ms - one.ms)[0] ?? null
  return { count: timed.length + failed.length, ms: round(performance.now() - began), slowest, failed }
}

/** What cannot be answered is a finding; what was only locked is asked again by whoever asked for all of it. */
function orBroken<T, Otherwise>(ask: () => T, broken: (message: string) => Otherwise): T | Otherwise {
  try {
    return ask()
  } catch (error) {
    if (isBusyError(error)) throw error
    return broken(error instanceof Error ? error.message : String(error))
  }
}

/** To a hundredth of a millisecond. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
