import { csvDelimiter } from './csv.ts'
import { triviaYamlFormat } from './trivia-yaml-schema.ts'

export const formats = ['opentdb-json', 'opentdb-csv', 'opentriviaqa', 'red-yaml', 'trivia-yaml'] as const
export type Format = (typeof formats)[number]

/** How much of a file decides. */
const LOOKED_AT = 64 * 1024

/** Which format a text has, by its content alone: OpenTriviaQA's files have no extension. Null when it is none. */
export function detectFormat(text: string): Format | null {
  const beginning = text.slice(0, LOOKED_AT).replace(/^\uFEFF/, '').trimStart()
  if (/^[[{]/.test(beginning)) return 'opentdb-json'
  if (/^#Q\s/m.test(beginning) && /^\^/m.test(beginning)) return 'opentriviaqa'
  if (new RegExp(`^format:\\s*["']?${triviaYamlFormat.replace(/\d+$/, '')}`, 'm').test(beginning)) return 'trivia-yaml'
  if (csvDelimiter(beginning) !== null) return 'opentdb-csv'
  // A key alone on its line, and an answer below it.
  if (/:[ \t]*(?:#.*)?\r?\n[ \t]*- \S/.test(beginning) || /^.+\?["']?:[ \t]*\[.+\]/m.test(beginning)) return 'red-yaml'
  return null
}
