import type { Theme } from './theme.ts'

/** What every picture has. */
export interface Picture {
  readonly theme: Theme
  readonly title: string
  /** For numbers: 'en', 'de'. */
  readonly language: string
}

/** A week's answers. */
export interface WeekOfAnswers {
  /** Under the bar, such as '23 Nov'. */
  readonly label: string
  readonly answered: number
  readonly right: number
}

/** The last weeks: bars of right and wrong answers, and accuracy as a line. */
export interface ActivityPicture extends Picture {
  /** Oldest first; 4 to 16 look best. */
  readonly weeks: readonly WeekOfAnswers[]
  readonly labels: {
    readonly right: string
    readonly wrong: string
    readonly accuracy: string
    /** Shown where there are no answers at all. */
    readonly empty: string
  }
}

/** Accuracy of one category or difficulty. */
export interface BreakdownRow {
  readonly label: string
  readonly right: number
  readonly answered: number
}

/** Accuracy by category or difficulty: horizontal bars in the order given. */
export interface BreakdownPicture extends Picture {
  /** At most 12 are drawn. */
  readonly rows: readonly BreakdownRow[]
  readonly labels: {
    /** Shown where there are no rows. */
    readonly empty: string
  }
}
