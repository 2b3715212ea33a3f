import { canonicalWords } from './canonical.ts'
import { meanDifferent } from './confusable.ts'
import { countLetters, forgivenTypos, typoDistance } from './typos.ts'

/** What is right, and what is known to be wrong. */
export interface Expected {
  readonly answer: string
  /** What else is right. */
  readonly variations?: readonly string[]
  /** Other options, which are wrong: what could be one of them with a typo is not forgiven. */
  readonly others?: readonly string[]
  /** The question's language. Default en. */
  readonly locale?: string
}

/** Whether an answer is right, and how it came to be. */
export type Match = { readonly right: false } | { readonly right: true; readonly by: 'text' | 'typo'; readonly matched: string }

const WRONG: Match = { right: false }
/** More than any answer has; a comparison takes time by the square of the length. */
const LONGEST = 500

/**
 * Compares what a player typed with what is right. The same but for case, accents, punctuation, articles and the way
 * numbers are written is right; so is a small typo in a longer answer, unless it may be another option.
 */
export function matchAnswer(given: string, expected: Expected): Match {
  if (given.length > 4 * LONGEST) return WRONG
  const { answer, variations = [], others = [], locale = 'en' } = expected
  const typed = canonicalWords(given, locale)
  if (typed.length === 0) return WRONG
  const verbatim = canonicalWords(given, locale, 'kept')
  const right = [answer, ...variations].map((text) => ({ text, words: canonicalWords(text, locale), verbatim: canonicalWords(text, locale, 'kept') }))
  const wrong = others.map((text) => canonicalWords(text, locale)).filter((words) => !right.some((each) => same(each.words, words)))

  const equal = right.find((each) => same(each.words, typed) || same(each.words, verbatim) || same(each.verbatim, verbatim))
  if (equal) return { right: true, by: 'text', matched: equal.text }
  const near = right.find(({ words }) => isTypo(typed, words))
  if (near === undefined || wrong.some((words) => same(words, typed) || isTypo(typed, words))) return WRONG
  return { right: true, by: 'typo', matched: near.text }
}

/** The same words; where one word was written as two or two as one, the same letters. */
function same(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0) return false
  if (one.length === other.length && one.every((word, index) => word === other[index])) return true
  // Numbers side by side do not run together: "1 23" is not "12 3".
  return joined(one) === joined(other) && ![...one, ...other].some((word) => /^[\d.]+$/.test(word))
}

/**
 * Whether one could be the other with typos. The shorter of both decides how many are forgiven, so that "hair" is
 * not "chair". Where the words are separated differently that already is a mistake, and one more is forgiven at most.
 */
function isTypo(typed: readonly string[], words: readonly string[]): boolean {
  const [one, other] = [joined(typed), joined(words)]
  if (one.length > LONGEST || other.length > LONGEST || meanDifferent(typed, words)) return false
  const forgiven = forgivenTypos(Math.min(countLetters(one), countLetters(other)))
  const most = typed.length === words.length ? forgiven : Math.min(forgiven, 1)
  return most > 0 && typoDistance(one, other, most) <= most
}

function joined(words: readonly string[]): string {
  return words.join('')
}
