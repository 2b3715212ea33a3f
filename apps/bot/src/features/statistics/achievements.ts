import { momentOf } from '@trivia/database/connection'
import { playerState, unlockedAchievements } from '@trivia/database/queries'
import { type AchievementId, achievements, isAchievementId, type Step } from '../achievements/index.ts'
import type { GameContext } from '../game/index.ts'

/** One of the 18 as a player has it. */
export interface AchievementState extends Step {
  readonly id: AchievementId
  readonly emoji: string
  readonly bonus: number
  readonly unlocked: boolean
  /** Milliseconds since 1970; null where it is locked, or was unlocked at a time that is not known. */
  readonly at: number | null
}

export interface AchievementList {
  readonly states: readonly AchievementState[]
  /** Ids of an older database that this one does not give. */
  readonly fromBefore: readonly string[]
}

/** All achievements with a player's progress; null for somebody who has never played. */
export function achievementList({ db }: GameContext, { userId }: { userId: string }): AchievementList | null {
  return db.savepoint(() => {
    const state = playerState(db, userId)
    if (state === undefined) return null
    const unlocked = new Map(unlockedAchievements(db, userId).map(({ id, at }) => [id, at === null ? null : momentOf(at)]))
    const progress = { ...state, streak: state.bestStreak, days: state.bestDays }
    return {
      states: achievements.map(({ id, emoji, bonus, progress: step }) => ({ id, emoji, bonus, ...step(progress), unlocked: unlocked.has(id), at: unlocked.get(id) ?? null })),
      fromBefore: [...unlocked.keys()].filter((id) => !isAchievementId(id)),
    }
  })
}
