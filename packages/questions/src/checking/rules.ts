import { canonicalWords } from '../matching/canonical.ts'
import { matchAnswer } from '../matching/match.ts'
import { oneLine } from '../normalising/text.ts'
import type { Question } from '../question.ts'

/** What a question of a pack that we publish must keep, beyond what any imported one must. */
export interface PackRule {
  readonly name: string
  /** What is wrong, or null. */
  readonly broken: (question: Question) => string | null
}

const words = (text: string): number => text.split(/\s+/).length

/** Whether a text has these very words. An answer of a letter or two may be a word of any question. */
function contains(text: string, answer: string): boolean {
  const plain = (each: string): string => ` ${canonicalWords(each).join(' ')} `
  return answer.length > 3 && plain(text).includes(plain(answer))
}

export const packRules: readonly PackRule[] = [
  { name: 'explained', broken: ({ explanation }) => (explanation === null ? 'it has no explanation' : words(explanation) < 4 ? 'the explanation is too short' : explanation.length > 1024 ? 'the explanation does not fit into an embed field' : null) },
  { name: 'licensed', broken: ({ source, licence }) => (source === null || licence === null ? 'it has no source or no licence' : null) },
  { name: 'four options', broken: ({ type, options }) => (type === 'multiple_choice' && options.length !== 4 ? `it has ${options.length} options instead of 4` : null) },
  { name: 'labels', broken: ({ options }) => (options.some((option) => option.length > 80) ? 'an option does not fit on a button' : null) },
  { name: 'one line', broken: ({ text }) => (oneLine(text) !== text || text.length > 300 ? 'the question is longer than a line of 300 characters' : null) },
  { name: 'ends as a question', broken: ({ text, type }) => (type === 'true_false' ? (/[.!]$/.test(text) ? null : 'a statement ends with a full stop') : /[?.:]$/.test(text) ? null : 'it ends without a question mark') },
  { name: 'no timeless time', broken: ({ text }) => (/\b(?:current(?:ly)?|nowadays|today|so far|as of|to date|recent(?:ly)?|latest|upcoming|this year)\b/i.test(text) ? 'its answer may change with time' : null) },
  { name: 'no catch-all', broken: ({ options }) => (options.some((option) => /^(?:all|none|both) of (?:the|these)/i.test(option)) ? 'an option speaks of the other options' : null) },
  { name: 'distinct options', broken: ({ answer, options }) => {
    const alike = options.find((option) => option !== answer && matchAnswer(option, { answer }).right)
    return alike === undefined ? null : `the option "${alike}" would pass for the answer`
  } },
  { name: 'not given away', broken: ({ text, answer, type }) => (type !== 'true_false' && contains(text, answer) ? 'the question contains its answer' : null) },
  { name: 'useful variations', broken: ({ answer, variations, locale }) => {
    const idle = variations.find((variation) => matchAnswer(variation, { answer, locale }).right)
    return idle === undefined ? null : `"${idle}" is accepted anyway`
  } },
  { name: 'short blank', broken: ({ type, answer }) => (type === 'fill_blank' && (answer.length > 40 || words(answer) > 5) ? 'the answer is too long to be typed' : null) },
]
