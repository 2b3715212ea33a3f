import { decodeHTMLStrict } from 'entities'
import { z } from 'zod'
import type { Draft, Row } from '../question.ts'
import { firstIssue } from './issue.ts'
import { jsonElements } from './json-elements.ts'

/** What all files of the Open Trivia DB are under, unless they say otherwise. */
export const openTriviaDb = { source: 'Open Trivia DB', licence: 'CC BY-SA 4.0' } as const

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const element = z.object({
  question: scalar,
  correct_answer: scalar,
  incorrect_answers: z.array(scalar).default([]),
  type: z.string().optional(),
  difficulty: z.string().optional(),
  category: z.string().optional(),
  source: z.string().optional(),
  licence: z.string().optional(),
  explanation: z.string().optional(),
})
type Element = z.output<typeof element>

/**
 * Reads the answers of the Open Trivia DB's API: `{"results": […]}` or a bare array, in each of its encodings,
 * which are recognised row by row.
 */
export function* readOpenTdbJson(text: string): Generator<Row> {
  let rows = 0
  for (const { text: json, line, whole } of jsonElements(text)) {
    rows += 1
    if (!whole) {
      yield { line, reason: 'the file ends in the middle of this question' }
      continue
    }
    const parsed = parse(json)
    yield 'reason' in parsed ? { line, reason: parsed.reason } : { line, draft: decode(parsed.element) }
  }
  if (rows === 0) yield { line: 1, reason: 'there is no array of questions in this JSON' }
}

function parse(json: string): { element: Element } | { reason: string } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { reason: 'this is not valid JSON' }
  }
  const checked = element.safeParse(value)
  return checked.success ? { element: checked.data } : { reason: firstIssue(checked.error) }
}

function decode(row: Element): Draft {
  const plain = decoderOf(row)
  const optional = (value: string | undefined): string | undefined => (value === undefined ? undefined : plain(value))
  return {
    text: plain(row.question),
    answer: plain(row.correct_answer),
    wrong: row.incorrect_answers.map(plain),
    type: optional(row.type),
    difficulty: optional(row.difficulty),
    category: optional(row.category),
    explanation: optional(row.explanation),
    source: row.source ?? openTriviaDb.source,
    licence: row.licence ?? openTriviaDb.licence,
  }
}

const BASE64_TYPES = new Set(['multiple', 'boolean'].map((type) => Buffer.from(type).toString('base64')))

/** How the row's texts are encoded. Entities are decoded once only: a question may be about "&amp;lt;". */
function decoderOf(row: Element): (text: string) => string {
  if (row.type !== undefined && BASE64_TYPES.has(row.type)) return (text) => Buffer.from(text, 'base64').toString('utf8')
  const all = [row.question, row.correct_answer, ...row.incorrect_answers, row.category ?? '', row.type ?? ''].join('')
  const isUrl = /%[0-9A-Fa-f]{2}/.test(all) && !/\s/.test(all)
  if (!isUrl) return decodeHTMLStrict
  // The API's older URL encoding writes a space as a plus; the RFC 3986 one never leaves a plus as it is.
  const legacy = all.includes('+')
  return (text) => decodeUrl(legacy ? text.replaceAll('+', ' ') : text)
}

function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
