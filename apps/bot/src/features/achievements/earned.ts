import { achievements, type Achievement } from './list.ts'
import type { Progress } from './progress.ts'

/** What an answer has unlocked. */
export interface Earned {
  /** Newly reached, in the order of unlocking. */
  readonly achievements: readonly Achievement[]
  /** All their bonus points together. */
  readonly bonus: number
  /** The player's points with the bonus. */
  readonly points: number
}

/**
 * Achievements that are reached and not yet had. A bonus counts as points, and so may bring the next one.
 *
 * @param have ids already unlocked; unknown ones, from older databases, are left alone
 */
export function earned(progress: Progress, have: ReadonlySet<string>): Earned {
  const unlocked = new Set<Achievement>()
  let points = progress.points
  let before: number
  do {
    before = unlocked.size
    for (const achievement of achievements) {
      if (have.has(achievement.id) || unlocked.has(achievement) || !isReached(achievement, { ...progress, points })) continue
      unlocked.add(achievement)
      points += achievement.bonus
    }
  } while (unlocked.size > before)
  return { achievements: [...unlocked], bonus: points - progress.points, points }
}

/** Whether a player's progress is enough for an achievement. */
export function isReached(achievement: Achievement, progress: Progress): boolean {
  const { value, goal } = achievement.progress(progress)
  return value >= goal
}
