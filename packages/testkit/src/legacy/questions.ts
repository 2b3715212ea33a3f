import type { SeededRandom } from '../seeded-random.ts'

/** A question's values, in the order of the columns from question_text to explanation. */
export type QuestionRow = readonly [
  text: string,
  type: string,
  difficulty: string,
  category: string,
  answer: string,
  options: string | null,
  variations: string | null,
  explanation: string | null,
]

const DIFFICULTIES = ['easy', 'medium', 'hard']
const CATEGORIES = ['History', 'Science: Computers', 'Entertainment: Music', 'Sports', 'Geography', 'Kunst & Kultur']
const WORDS = ['Ångström', 'Pelé', "O'Neill", 'São Paulo', '東京', 'a "quoted" word', 'Mars', 'Ada Lovelace', 'oxygen', 'Monopoly']

/** A sound question. Every eighth has numbers as options, so that its answer could be an index as well as a text. */
export function soundQuestion(number: number, random: SeededRandom): QuestionRow {
  const difficulty = random.pick(DIFFICULTIES)
  const category = random.pick(CATEGORIES)
  const explanation = random.chance(0.5) ? `Because of ${random.pick(WORDS)}.` : null
  const row = (text: string, type: string, answer: string, options: readonly string[] | null, variations: readonly string[] | null): QuestionRow => [
    `${text} (question ${number})`, type, difficulty, category, answer, jsonOrNull(options), jsonOrNull(variations), explanation,
  ]
  const first = random.integer(0, WORDS.length - 4)
  const options = WORDS.slice(first, first + 4)
  switch (number % 8) {
    case 0: return row('In which year was it?', 'multiple_choice', '1996', ['1994', '1996', '1995', '2001'], null)
    case 1: return row('How many are there?', 'multiple_choice', '2', ['3', '2', '1', '0'], null)
    case 2: return row('In which year was it not?', 'multiple_choice', '3', ['1994', '1996', '1995', '2001'], null)
    case 3: case 4: return row(`What is ${random.pick(WORDS)}?`, 'multiple_choice', String(random.integer(0, 3)), options, null)
    case 5: return row(`Who is ${random.pick(WORDS)}?`, 'multiple_choice', random.pick(options), options, null)
    case 6: return row(`Is ${random.pick(WORDS)} red?`, 'true_false', random.pick(['true', 'false', 'True']), null, null)
    default: return row('What is missing?', 'fill_blank', random.pick(WORDS), null, [random.pick(WORDS), 'the answer'])
  }
}

/** Questions that break a rule. */
export const brokenQuestions = {
  indexOutOfRange: (): QuestionRow => ['Which one?', 'multiple_choice', 'easy', 'History', '7', '["a","b","c","d"]', null, null],
  brokenJson: (): QuestionRow => ['Which one of these?', 'multiple_choice', 'easy', 'History', 'a', '["a","b', null, null],
  invalidType: (): QuestionRow => ['Which picture?', 'picture', 'easy', 'History', 'a', null, null, null],
  invalidDifficulty: (): QuestionRow => ['Which, at last?', 'fill_blank', 'impossible', 'History', 'a', null, null, null],
} as const

function jsonOrNull(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list)
}
