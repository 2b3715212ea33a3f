import { answersByKind, type KindCount } from '@trivia/database/queries'
import type { GameContext } from '../game/index.ts'
import { type Overview, overviewOf } from './overview.ts'

/** Fewer answers say nothing about an area. */
const ENOUGH = 5
const STRONG = 0.75
const WEAK = 0.6
/** So many areas are named. */
const NAMED = 3

/** Answers about one thing. */
export interface Area {
  /** A category or a difficulty. */
  readonly key: string
  readonly answered: number
  readonly right: number
}

export interface PlayerReport extends Overview {
  readonly byDifficulty: readonly Area[]
  /** Most answered first. */
  readonly byCategory: readonly Area[]
  /** Best first. */
  readonly strong: readonly Area[]
  /** Weakest first. */
  readonly weak: readonly Area[]
  /** Whether there are answers enough to tell. */
  readonly tellable: boolean
}

/** The full report; null for somebody who has never played. */
export function playerReport({ db, now }: GameContext, { userId }: { userId: string }): PlayerReport | null {
  return db.savepoint(() => {
    const overview = overviewOf(db, userId, now)
    if (overview === null) return null
    const counts = answersByKind(db, userId)
    const byDifficulty = ['easy', 'medium', 'hard'].flatMap((difficulty) => summed(counts.filter((each) => each.difficulty === difficulty), (each) => each.difficulty))
    const byCategory = summed(counts, ({ category }) => category).sort((one, other) => other.answered - one.answered || one.key.localeCompare(other.key, 'en'))
    const tellable = byCategory.filter(({ answered }) => answered >= ENOUGH)
    return {
      ...overview, byDifficulty, byCategory, tellable: tellable.length > 0,
      strong: tellable.filter((area) => accuracyOf(area) >= STRONG).sort((one, other) => accuracyOf(other) - accuracyOf(one)).slice(0, NAMED),
      weak: tellable.filter((area) => accuracyOf(area) < WEAK).sort((one, other) => accuracyOf(one) - accuracyOf(other)).slice(0, NAMED),
    }
  })
}

function summed(counts: readonly KindCount[], keyOf: (count: KindCount) => string): Area[] {
  return [...Map.groupBy(counts, keyOf)].map(([key, group]) => ({
    key,
    answered: group.reduce((sum, { answered }) => sum + answered, 0),
    right: group.reduce((sum, { right }) => sum + right, 0),
  }))
}

function accuracyOf({ right, answered }: Area): number {
  return answered === 0 ? 0 : right / answered
}
