import type { ReadLimits } from '../limits.ts'
import type { Row } from '../question.ts'
import { readCsv } from './csv.ts'
import { decodeText } from './decoding.ts'
import { detectFormat, type Format, formats } from './detect.ts'
import { readOpenTdbJson } from './opentdb-json.ts'
import { readOpenTriviaQa } from './opentriviaqa.ts'
import { readRedYaml } from './red-yaml.ts'
import { readTriviaYaml } from './trivia-yaml.ts'

export interface ReadOptions {
  readonly limits: ReadLimits
  /** Else found out by the content. */
  readonly format?: Format | undefined
  /** What stands for the category where the format has none; usually the file's name. */
  readonly category?: string | undefined
  readonly now?: () => number
}

/**
 * Reads a file's questions, or why there are none, row by row. Never throws for what is in the file, and ends
 * within the limits whatever is in it.
 */
export function* readQuestions(bytes: Uint8Array, { limits, format, category, now = Date.now }: ReadOptions): Generator<Row> {
  if (bytes.length > limits.maxBytes) {
    yield { line: 1, reason: `the file is larger than ${limits.maxBytes} bytes, and is not read` }
    return
  }
  const text = decodeText(bytes)
  const found = format ?? detectFormat(text)
  if (found === null) {
    yield { line: 1, reason: text.trim() === '' ? 'the file is empty' : `this is none of the formats ${formats.join(', ')}` }
    return
  }
  if (found.endsWith('-yaml') && bytes.length > limits.maxYamlBytes) {
    yield { line: 1, reason: `the file is larger than ${limits.maxYamlBytes} bytes, the most that is read as YAML` }
    return
  }
  const until = now() + limits.maxMs
  let rows = 0
  for (const row of READERS[found](text, { limits, category })) {
    rows += 1
    if (rows > limits.maxRows) {
      yield { line: row.line, reason: `the file has more than ${limits.maxRows} rows; the rest of it is not read` }
      return
    }
    if (rows % 256 === 0 && now() > until) {
      yield { line: row.line, reason: `reading took more than ${limits.maxMs} ms; the rest of the file is not read` }
      return
    }
    yield row
  }
}

interface Context {
  readonly limits: ReadLimits
  readonly category: string | undefined
}

const READERS: Readonly<Record<Format, (text: string, context: Context) => Iterable<Row>>> = {
  'opentdb-json': (text) => readOpenTdbJson(text),
  'opentdb-csv': (text, { limits }) => readCsv(text, limits.maxRows),
  opentriviaqa: (text, { category }) => readOpenTriviaQa(text, category),
  'red-yaml': (text, { category }) => readRedYaml(text, category),
  'trivia-yaml': (text) => readTriviaYaml(text),
}
