import { z } from 'zod'
import { difficulties } from '../question.ts'
import { textLimits } from '../limits.ts'

/** What the first line of our own format says. */
export const triviaYamlFormat = 'trivia-questions/1'

// YAML reads 1996 as a number and true as a boolean; both are fine as texts.
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const words = z.string().trim().min(1)

const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

const shared = {
  question: words.max(textLimits.shown).describe('What is asked.'),
  difficulty: z.enum(difficulties),
  category: words.max(textLimits.category).optional().describe("Else the file's."),
  explanation: words.max(textLimits.explanation).optional().describe('One or two sentences, shown after the answer.'),
  tags: z.array(words).max(20).optional(),
  source: words.optional().describe("Else the file's."),
  licence: words.optional().describe("Else the file's."),
  author: words.optional(),
  locale: locale.optional().describe("Else the file's."),
}

const multipleChoice = z.strictObject({
  type: z.literal('multiple_choice'),
  ...shared,
  answer: text.describe('The right option.'),
  wrong_answers: z.array(text).min(1).max(textLimits.options - 1).describe('The other options. Their order means nothing.'),
})
const trueFalse = z.strictObject({ type: z.literal('true_false'), ...shared, answer: z.boolean() })
const fillBlank = z.strictObject({
  type: z.literal('fill_blank'),
  ...shared,
  answer: text.describe('What belongs into the blank.'),
  accepted: z.array(text).max(textLimits.variations).optional().describe('What else is right. Case, accents, punctuation, articles, number words and small typos are forgiven anyway.'),
})

/** One question of our own format. */
export const triviaYamlQuestion = z.discriminatedUnion('type', [multipleChoice, trueFalse, fillBlank])
export type TriviaYamlQuestion = z.output<typeof triviaYamlQuestion>

/** What our own format says about all questions of a file. */
export const triviaYamlHead = z.object({
  format: z.literal(triviaYamlFormat),
  locale: locale.default('en').describe('The language of the questions, as en or pt-BR.'),
  category: words.max(textLimits.category).optional().describe('Of all questions that do not name their own.'),
  source: words.optional(),
  licence: words.optional().describe('An SPDX identifier, as CC0-1.0.'),
  author: words.optional(),
})

/** A whole file of our own format. */
export const triviaYamlFile = triviaYamlHead.extend({ questions: z.array(triviaYamlQuestion) })

/** The JSON Schema that editors check a file with. */
export function triviaYamlJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(triviaYamlFile, { io: 'input', target: 'draft-7' })
  return { $schema, $id: 'https://example.invalid/trivia/questions.schema.json', title: 'Trivia questions', ...rest }
}
