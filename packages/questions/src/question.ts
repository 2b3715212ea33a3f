export const questionTypes = ['multiple_choice', 'true_false', 'fill_blank'] as const
export type QuestionType = (typeof questionTypes)[number]

export const difficulties = ['easy', 'medium', 'hard'] as const
export type Difficulty = (typeof difficulties)[number]

/** What a right answer is worth. */
export const pointsOf: Readonly<Record<Difficulty, number>> = { easy: 10, medium: 20, hard: 30 }

/** A question that keeps all rules, wherever it came from. */
export interface Question {
  readonly text: string
  readonly type: QuestionType
  readonly difficulty: Difficulty
  readonly category: string
  /** The text of the right option; `true` or `false`; or what belongs into the blank. */
  readonly answer: string
  /** All options of a multiple choice, the right one among them; empty for the other types. */
  readonly options: readonly string[]
  /** What else is right in a blank. */
  readonly variations: readonly string[]
  readonly explanation: string | null
  readonly source: string | null
  readonly licence: string | null
  readonly author: string | null
  readonly locale: string
  readonly tags: readonly string[]
}

/** A question as a file has it: nothing is checked yet. */
export interface Draft {
  readonly text: string
  readonly answer: string
  readonly type?: string | undefined
  readonly difficulty?: string | undefined
  readonly category?: string | undefined
  /** All options in the file's order. */
  readonly options?: readonly string[] | undefined
  /** The wrong options, from a file without an order of its own. */
  readonly wrong?: readonly string[] | undefined
  readonly variations?: readonly string[] | undefined
  readonly explanation?: string | undefined
  readonly source?: string | undefined
  readonly licence?: string | undefined
  readonly author?: string | undefined
  readonly locale?: string | undefined
  readonly tags?: readonly string[] | undefined
}

/** A place in a file, with what was read there, or why nothing was. */
export type Row = { readonly line: number; readonly draft: Draft } | { readonly line: number; readonly reason: string }

/** A row that was left out. */
export interface Rejection {
  readonly file: string
  readonly line: number
  readonly reason: string
}
