import { stringify } from 'yaml'
import type { Question } from '../question.ts'
import { triviaYamlFormat } from './trivia-yaml-schema.ts'

/** Questions as a file of our own format. */
export function writeTriviaYaml(questions: Iterable<Question>): string {
  return [...triviaYamlParts(questions)].join('')
}

/** The same piece by piece: a million questions need not fit into memory. */
export function* triviaYamlParts(questions: Iterable<Question>): Generator<string> {
  yield stringify({ format: triviaYamlFormat, locale: LOCALE })
  let any = false
  for (const question of questions) {
    yield (any ? '' : 'questions:\n') + entryOf(question)
    any = true
  }
  if (!any) yield 'questions: []\n'
}

/** What a file says of all of its questions; those in other languages say so themselves. */
const LOCALE = 'en'

/** A question as an item of the list `questions`. */
function entryOf(question: Question): string {
  const { text, type, difficulty, category, answer, options, variations, explanation, source, licence, author, locale, tags } = question
  const entry = {
    question: text,
    type,
    difficulty,
    category,
    answer: type === 'true_false' ? answer === 'true' : answer,
    ...(type === 'multiple_choice' ? { wrong_answers: options.filter((option) => option !== answer) } : {}),
    ...(type === 'fill_blank' && variations.length > 0 ? { accepted: variations } : {}),
    ...(explanation === null ? {} : { explanation }),
    ...(source === null ? {} : { source }),
    ...(licence === null ? {} : { licence }),
    ...(author === null ? {} : { author }),
    ...(locale === LOCALE ? {} : { locale }),
    ...(tags.length === 0 ? {} : { tags }),
  }
  return stringify([entry], { lineWidth: 0, aliasDuplicateObjects: false }).replaceAll(/^(?=.)/gm, '  ')
}
