import { stripVTControlCharacters } from 'node:util'
import { tokenize } from './sql/tokenizer.ts'

/** The statement of a script at which SQLite stopped. */
export interface FailedStatement {
  /** Its number in the script, counted from 1. */
  statement: number
  /** The line of the script on which it starts, counted from 1. */
  line: number
  /** Its text on one line, without comments, shortened. */
  sql: string
}

const MAX_LENGTH = 200
const PATTERN = /^\[statement (\d+), line (\d+)\] (.*)$/m

/** One line of text for a statement: comments dropped, white space joined, at most `limit` characters. */
export function shortenStatement(sql: string, limit = MAX_LENGTH): string {
  const text = tokenize(sql)
    .map((token) => (token.kind === 'comment' || token.kind === 'whitespace' ? ' ' : token.text))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`
}

/** The line that error messages of the schema engine carry: `[statement 3, line 12] ALTER TABLE …`. */
export function formatFailedStatement(failed: FailedStatement): string {
  return `[statement ${failed.statement}, line ${failed.line}] ${shortenStatement(failed.sql)}`
}

/**
 * Finds the failing statement in what the Prisma CLI printed (colours and all), or in the `logs` of a row of
 * `_prisma_migrations`. Undefined if the text names none.
 */
export function parseFailedStatement(text: string): FailedStatement | undefined {
  const match = PATTERN.exec(stripVTControlCharacters(text).replaceAll('\r\n', '\n'))
  if (!match) return undefined
  const [, statement, line, sql] = match
  return { statement: Number(statement), line: Number(line), sql: (sql ?? '').trim() }
}
