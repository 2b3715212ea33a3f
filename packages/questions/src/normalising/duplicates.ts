import { hash } from 'node:crypto'
import type { Question } from '../question.ts'
import { sameness } from './text.ts'

/** What two questions have in common when one of them is enough: the same text with the same answer. */
export function questionKey({ text, answer }: Pick<Question, 'text' | 'answer'>): string {
  // Shorter than the texts themselves: an import compares with all questions of a database.
  return hash('sha1', `${sameness(text)}\0${sameness(answer)}`, 'base64')
}
