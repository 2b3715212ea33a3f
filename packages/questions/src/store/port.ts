import type { Question } from '../question.ts'

/** Where questions are kept. */
export interface QuestionStore {
  /**
   * Adds the questions that are not there yet, all of them or, after an error, none.
   *
   * @param progress called now and then with the number of questions looked at
   */
  addNew(questions: readonly Question[], progress?: (done: number) => void): AddResult
  /** All questions, in the order in which they came. */
  all(): Iterable<Question>
  close(): void
}

export interface AddResult {
  readonly imported: number
  /** Left out because the store has them, or because they came twice. */
  readonly duplicates: number
  /** What the store has no column for, though a question says it. */
  readonly notKept: readonly string[]
}
