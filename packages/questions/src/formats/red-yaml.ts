import { isMap, isScalar, isSeq, type Scalar } from 'yaml'
import type { Draft, Row } from '../question.ts'
import { parseYaml, textOf } from './yaml-source.ts'

/** Keys that say something about the list. Red's own are AUTHOR, DESCRIPTION and CONFIG. */
const METADATA = /^(?:AUTHOR|DESCRIPTION|CONFIG|TITLE|NAME|CATEGORY|SOURCE|LICEN[CS]E|LANGUAGE|LOCALE|VERSION)$/

/**
 * Reads a trivia list of Red-DiscordBot: questions as keys, lists of answers as values. An answer may be a number
 * or a boolean, which keeps the text that it has in the file.
 */
export function* readRedYaml(text: string, category?: string): Generator<Row> {
  const source = parseYaml(text)
  if ('reason' in source) {
    yield source
    return
  }
  const { document: { contents }, lineOf } = source
  if (!isMap(contents)) {
    yield { line: 1, reason: 'a list of Red-DiscordBot has questions as keys; this YAML has none' }
    return
  }
  const metadata = new Map<string, string>()
  for (const { key, value } of contents.items) {
    if (isScalar(key) && isScalar(value) && METADATA.test(textOf(key))) metadata.set(textOf(key), textOf(value))
  }
  for (const { key, value } of contents.items) {
    const line = lineOf(key)
    if (!isScalar(key)) {
      yield { line, reason: 'a question has to be a text' }
      continue
    }
    if (METADATA.test(textOf(key)) && !isSeq(value)) continue
    const answers = isSeq(value) ? value.items : [value]
    if (!answers.every((answer): answer is Scalar => isScalar(answer))) yield { line, reason: 'the answers have to be a list of texts, numbers or booleans' }
    else yield { line, draft: draftOf(textOf(key), answers, metadata, category) }
  }
}

function draftOf(text: string, answers: readonly Scalar[], metadata: ReadonlyMap<string, string>, category: string | undefined): Draft {
  const [first] = answers
  const common = {
    text,
    category: metadata.get('CATEGORY') ?? category,
    author: metadata.get('AUTHOR'),
    source: metadata.get('SOURCE') ?? 'Red-DiscordBot trivia list',
    licence: metadata.get('LICENSE') ?? metadata.get('LICENCE'),
  }
  // Only where nothing but true or false is right; "yes" and "off" can be words that somebody has to type.
  if (first !== undefined && answers.every((answer) => typeof answer.value === 'boolean' && answer.value === first.value)) {
    return { ...common, type: 'true_false', answer: String(first.value) }
  }
  const all = answers.flatMap(accepted)
  return { ...common, type: 'fill_blank', answer: all[0] ?? '', variations: all.slice(1) }
}

/** The library reads YAML 1.2; Red reads 1.1, where yes, no, on and off are booleans as well, and accepts all three words. */
function accepted(answer: Scalar): string[] {
  const text = textOf(answer)
  const isPlain = answer.type === 'PLAIN'
  const words = isPlain ? BOOLEANS.find((group) => group.includes(text.toLowerCase())) : undefined
  return words === undefined ? [text] : [text, ...words.filter((word) => word !== text.toLowerCase())]
}

const BOOLEANS = [['true', 'yes', 'on'], ['false', 'no', 'off']]
