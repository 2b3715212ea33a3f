/** What a player has done so far: everything that achievements look at. */
export interface Progress {
  /** Best row of right answers. */
  readonly streak: number
  /** Best row of consecutive days. */
  readonly days: number
  /** All points ever, bonus points included. */
  readonly points: number
  readonly answered: number
  readonly right: number
  readonly rightEasy: number
  readonly rightMedium: number
  readonly rightHard: number
  /** Daily questions completed. */
  readonly dailies: number
  /** Weekly challenges completed. */
  readonly weeklies: number
}

/** How far one achievement has come; it is reached where `value` is at least `goal`. */
export interface Step {
  readonly value: number
  readonly goal: number
  readonly unit: 'count' | 'percent'
}

/** A number of `Progress` that has to come to a goal. */
export function count(of: keyof Progress, goal: number): (progress: Progress) => Step {
  return (progress) => ({ value: progress[of], goal, unit: 'count' })
}

/**
 * Accuracy in whole percent, over enough answers. Until there are enough the answers are what is counted, so that
 * a lucky start is not shown as finished.
 */
export function accuracy(percent: number, answers: number): (progress: Progress) => Step {
  return ({ answered, right }) => {
    if (answered < answers) return { value: answered, goal: answers, unit: 'count' }
    // Cut, not rounded: 79.9 % is not 80 %.
    return { value: Math.floor((right * 100) / answered), goal: percent, unit: 'percent' }
  }
}
