import type { SmokeResult } from '@trivia/database/deploy-account'
import { commonQueriesFor, sampleOf } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'

/** Asks what the bot asks most often, for somebody who is there, and tells what failed and what was slow. It changes nothing. */
export function smokeQueries({ db }: Pick<GameContext, 'db'>): SmokeResult {
  const began = performance.now()
  const failed: { name: string; error: string }[] = []
  const timed: { name: string; ms: number }[] = []
  for (const { name, sql } of commonQueriesFor(sampleOf((query) => firstValue(db.get<Readonly<Record<string, string | number | null>>>(query))))) {
    const started = performance.now()
    try {
      db.all(sql)
      timed.push({ name, ms: round(performance.now() - started) })
    } catch (error) {
      failed.push({ name, error: error instanceof Error ? error.message : String(error) })
    }
  }
  const slowest = timed.toSorted((one, other) => other.ms - one.ms)[0] ?? null
  return { count: timed.length + failed.length, ms: round(performance.now() - began), slowest, failed }
}

function firstValue(row: Readonly<Record<string, string | number | null>> | undefined): string | number | null {
  return row === undefined ? null : (Object.values(row)[0] ?? null)
}

/** To a hundredth of a millisecond. */
function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
