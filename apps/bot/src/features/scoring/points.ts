/** How hard a question is. */
export type Difficulty = 'easy' | 'medium' | 'hard'

/** Points of a right answer by difficulty; a server's admins can change them. */
export type PointSettings = Readonly<Record<Difficulty, number>>

/** The product's points where a server has set nothing else. */
export const defaultPoints: PointSettings = { easy: 10, medium: 20, hard: 30 }

/** The product's multipliers: the daily question counts double, the weekly challenge triple. */
export const defaultMultipliers = { play: 1, daily: 2, weekly: 3 } as const

/**
 * Points of a right answer (a wrong one costs nothing).
 *
 * @param multiplier 1 or more as a rule; fractions are allowed and the product is rounded
 * @returns a whole number, never negative
 */
export function pointsFor(difficulty: Difficulty, settings: PointSettings, multiplier: number): number {
  const points = Math.round(settings[difficulty] * multiplier)
  return Number.isSafeInteger(points) && points > 0 ? points : 0
}
