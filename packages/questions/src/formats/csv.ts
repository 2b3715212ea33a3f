import { parse } from 'csv-parse/sync'
import { decodeHTMLStrict } from 'entities'
import type { Draft, Row } from '../question.ts'

/** The names that a column goes by. */
const COLUMNS = {
  text: ['question', 'question_text', 'text'],
  answer: ['correct_answer', 'correct', 'answer', 'correctanswer'],
  options: ['options', 'choices', 'answers', 'all_answers'],
  wrong: ['incorrect_answers', 'wrong_answers', 'incorrect', 'incorrectanswers'],
  type: ['type', 'question_type'],
  difficulty: ['difficulty', 'level'],
  category: ['category', 'topic'],
  variations: ['answer_variations', 'variations', 'accepted'],
  explanation: ['explanation'],
  source: ['source'],
  licence: ['licence', 'license'],
  author: ['author'],
  tags: ['tags'],
} as const
type Field = keyof typeof COLUMNS

interface Layout {
  readonly fields: ReadonlyMap<Field, number>
  /** Columns with one option each, as option_a or incorrect_answer_1. */
  readonly optionColumns: readonly number[]
  readonly wrongColumns: readonly number[]
}

/** The delimiter of a CSV file with a header that we know; null where there is none. */
export function csvDelimiter(text: string): ',' | ';' | '\t' | null {
  const header = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  for (const delimiter of [',', ';', '\t'] as const) {
    const { fields } = layoutOf(header.split(delimiter))
    if (fields.has('text') && fields.has('answer')) return delimiter
  }
  return null
}

/**
 * Reads CSV with a header, as people make it of the Open Trivia DB: options in one column, joined by "|" or as a
 * JSON list, or in columns of their own. Comma, semicolon or tab.
 */
export function* readCsv(text: string, maxRows: number): Generator<Row> {
  const delimiter = csvDelimiter(text)
  if (delimiter === null) {
    yield { line: 1, reason: 'the first line names no columns "question" and "correct_answer"' }
    return
  }
  const broken: { line: number; reason: string }[] = []
  const records = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 200_000,
    to: maxRows + 2,
    on_skip: (error) => void broken.push({ line: Number(error?.['lines'] ?? 1), reason: error?.message ?? 'this record cannot be read' }),
  }) as unknown as { record: string[]; info: { lines: number } }[]
  const [header, ...rows] = records
  const layout = layoutOf(header?.record ?? [])
  let end = header?.info.lines ?? 1
  for (const { record, info } of rows) {
    // csv-parse says on which line a record ends.
    const line = Math.max(end + 1, info.lines - record.join('').split('\n').length + 1)
    end = info.lines
    // A column too many is a comma that nobody quoted: what follows it would be read as something else.
    const columns = record.findLastIndex((cell, index) => cell !== '' || index < (header?.record.length ?? 0)) + 1
    if (columns !== header?.record.length) yield { line, reason: `this record has ${columns} columns, the header ${header?.record.length}` }
    else yield { line, draft: draftOf(record, layout) }
  }
  yield* broken
}

function layoutOf(header: readonly string[]): Layout {
  const names = header.map((name) => name.trim().replaceAll(/^["']|["']$/g, '').toLowerCase().replaceAll(/[\s-]+/g, '_'))
  const fields = new Map<Field, number>()
  for (const [field, known] of Object.entries(COLUMNS) as [Field, readonly string[]][]) {
    const at = known.map((name) => names.indexOf(name)).find((index) => index !== -1)
    if (at !== undefined) fields.set(field, at)
  }
  const matching = (pattern: RegExp): number[] => names.flatMap((name, index) => (pattern.test(name) ? [index] : []))
  return {
    fields,
    optionColumns: matching(/^(?:option|choice|answer)_?(?:[a-f]|[1-9])$|^[a-f]$/),
    wrongColumns: matching(/^(?:incorrect|wrong)(?:_answers?)?_?[1-9]$/),
  }
}

function draftOf(record: readonly string[], { fields, optionColumns, wrongColumns }: Layout): Draft {
  const cell = (field: Field): string | undefined => {
    const at = fields.get(field)
    const value = at === undefined ? '' : decodeHTMLStrict(record[at] ?? '')
    return value.trim() === '' ? undefined : value
  }
  const cells = (columns: readonly number[]): string[] => columns.map((at) => decodeHTMLStrict(record[at] ?? '')).filter((value) => value.trim() !== '')
  const wrong = [...listOf(cell('wrong')), ...cells(wrongColumns)]
  const options = [...listOf(cell('options')), ...cells(optionColumns)]
  return {
    text: cell('text') ?? '',
    answer: answerOf(cell('answer') ?? '', options),
    ...(wrong.length > 0 ? { wrong } : { options }),
    type: cell('type'),
    difficulty: cell('difficulty'),
    category: cell('category'),
    variations: listOf(cell('variations')),
    explanation: cell('explanation'),
    source: cell('source'),
    licence: cell('licence'),
    author: cell('author'),
    tags: listOf(cell('tags')),
  }
}

/** A letter means the option in its place, unless it is an option itself. */
function answerOf(answer: string, options: readonly string[]): string {
  const letter = answer.trim().toUpperCase()
  if (!/^[A-F]$/.test(letter) || options.some((option) => option.trim().toUpperCase() === letter)) return answer
  return options[letter.charCodeAt(0) - 65] ?? answer
}

function listOf(cell: string | undefined): string[] {
  if (cell === undefined) return []
  if (cell.trim().startsWith('[')) {
    try {
      const value: unknown = JSON.parse(cell)
      if (Array.isArray(value)) return value.map(String)
    } catch {
      // No JSON after all: a text that begins with a bracket.
    }
  }
  return cell.split('|').map((part) => part.trim()).filter((part) => part !== '')
}
