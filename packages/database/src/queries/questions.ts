import type { Connection } from '../connection.ts'

/** What must be known of a question to ask it. */
export interface AskableQuestion {
  readonly id: number
  readonly type: 'multiple_choice' | 'true_false' | 'fill_blank'
  readonly difficulty: 'easy' | 'medium' | 'hard'
  readonly answer: string
  /** A JSON list. */
  readonly options: string | null
}

export function questionToAsk(db: Connection, questionId: number): AskableQuestion | undefined {
  return db.get<AskableQuestion>(
    'SELECT id, question_type AS type, difficulty, correct_answer AS answer, options FROM questions WHERE id = ?',
    questionId,
  )
}
