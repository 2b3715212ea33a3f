import { pointsOf, type Question } from '../question.ts'

/** A column of the table questions, and what goes into it. */
interface Column {
  readonly name: string
  readonly value: (question: Question) => string | number | null
}

/** The columns of the schema's version 3, which every later one has as well. */
export const coreColumns: readonly Column[] = [
  { name: 'question_text', value: ({ text }) => text },
  { name: 'question_type', value: ({ type }) => type },
  { name: 'difficulty', value: ({ difficulty }) => difficulty },
  { name: 'category', value: ({ category }) => category },
  { name: 'correct_answer', value: ({ answer }) => answer },
  { name: 'options', value: ({ options }) => listOrNull(options) },
  { name: 'answer_variations', value: ({ variations }) => listOrNull(variations) },
  { name: 'explanation', value: ({ explanation }) => explanation },
  { name: 'point_value', value: ({ difficulty }) => pointsOf[difficulty] },
]

/** Columns of later versions, filled where the table has them. */
export const laterColumns: readonly Column[] = [
  { name: 'source', value: ({ source }) => source },
  { name: 'licence', value: ({ licence }) => licence },
  { name: 'author', value: ({ author }) => author },
  { name: 'locale', value: ({ locale }) => locale },
  { name: 'tags', value: ({ tags }) => JSON.stringify(tags) },
]

/** Whether a question says something that this column would keep. */
export function saysMore(question: Question, column: string): boolean {
  switch (column) {
    case 'source': return question.source !== null
    case 'licence': return question.licence !== null
    case 'author': return question.author !== null
    case 'locale': return question.locale !== 'en'
    case 'tags': return question.tags.length > 0
    default: return false
  }
}

/** A row of the table as SQLite returns it. */
export type QuestionRow = Readonly<Record<string, string | number | bigint | null>>

/** The question of a row. Rows of the older system keep what they can: a broken list is an empty one. */
export function questionOf(row: QuestionRow): Question {
  const text = (name: string): string | null => (row[name] === null || row[name] === undefined ? null : String(row[name]))
  const type = text('question_type') as Question['type']
  const answer = text('correct_answer') ?? ''
  return {
    text: text('question_text') ?? '',
    type,
    difficulty: text('difficulty') as Question['difficulty'],
    category: text('category') ?? '',
    answer: type === 'true_false' ? answer.trim().toLowerCase() : answer,
    options: type === 'multiple_choice' ? listOf(text('options')) : [],
    variations: type === 'fill_blank' ? [...new Set(listOf(text('answer_variations')))].filter((each) => each !== answer) : [],
    explanation: text('explanation'),
    source: text('source'),
    licence: text('licence'),
    author: text('author'),
    locale: text('locale') ?? 'en',
    tags: listOf(text('tags')),
  }
}

function listOrNull(list: readonly string[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list)
}

function listOf(json: string | null): string[] {
  try {
    const value: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(value) ? value.filter((each) => each !== null && typeof each !== 'object').map(String) : []
  } catch {
    return []
  }
}
