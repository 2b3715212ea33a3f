import { textLimits } from '../limits.ts'
import { type Difficulty, type Draft, type Question, type QuestionType } from '../question.ts'
import { normaliseCategory } from './category.ts'
import { settledOrder } from './shuffle.ts'
import { lines, oneLine, sameness } from './text.ts'

/** Makes a question of a draft, or says why it cannot be one. */
export function normalise(draft: Draft): { readonly question: Question } | { readonly reason: string } {
  const text = lines(draft.text)
  if (!/[\p{L}\p{N}\p{S}]/u.test(text)) return { reason: 'the question has no text' }
  const answer = oneLine(draft.answer)
  if (answer === '') return { reason: 'the answer is empty' }
  const difficulty = difficultyOf(draft.difficulty)
  if (difficulty === null) return { reason: `the difficulty "${short(draft.difficulty)}" is not easy, medium or hard` }
  const category = normaliseCategory(draft.category)
  if (category.length > textLimits.category) return { reason: `the category has ${category.length} characters, and ${textLimits.category} are the most` }
  const kind = kindOf(draft, answer)
  if ('reason' in kind) return kind
  const explanation = orNull(draft.explanation === undefined ? '' : lines(draft.explanation))
  const question: Question = {
    text,
    difficulty,
    category,
    ...answered(kind, text, answer, draft.variations ?? []),
    explanation,
    source: orNull(oneLine(draft.source ?? '')),
    licence: orNull(oneLine(draft.licence ?? '')),
    author: orNull(oneLine(draft.author ?? '')),
    locale: draft.locale ?? 'en',
    tags: unique((draft.tags ?? []).map(oneLine)),
  }
  const reason = tooLong(question)
  return reason === null ? { question } : { reason }
}

type Kind = { readonly type: 'true_false'; readonly answer: 'true' | 'false' } | { readonly type: 'fill_blank' } |
  { readonly type: 'multiple_choice'; readonly answer: string; readonly options: readonly string[]; readonly ordered: boolean }

/** The type, as the file says, or as the options tell. */
function kindOf(draft: Draft, answer: string): Kind | { readonly reason: string } {
  const named = typeOf(draft.type)
  if (named === null) return { reason: `the type "${short(draft.type)}" is not known` }
  const ordered = draft.wrong === undefined
  const given = (ordered ? draft.options ?? [] : [answer, ...draft.wrong]).map(oneLine)
  const type = named ?? (given.length === 0 ? (truth(answer) === null ? 'fill_blank' : 'true_false') : given.every((option) => truth(option) !== null) ? 'true_false' : 'multiple_choice')
  if (type === 'fill_blank') return { type }
  if (type === 'true_false') {
    const value = truth(answer)
    return value === null ? { reason: `the answer "${short(answer)}" is not true or false` } : { type, answer: value }
  }
  if (given.includes('')) return { reason: 'an option is empty' }
  const options = unique(given)
  const right = options.filter((option) => option === answer)
  const alike = right.length > 0 ? right : options.filter((option) => sameness(option) === sameness(answer))
  if (options.length < 2) return { reason: `a multiple choice needs two options or more, and has ${options.length}` }
  if (alike[0] === undefined) return { reason: `the answer "${short(answer)}" is none of the options` }
  if (alike.length > 1) return { reason: `the answer "${short(answer)}" could be each of several options` }
  // An option that is written like another one by mistake would be right and count as wrong.
  const copies = new Set(options.map((option) => option.toLowerCase()))
  if (copies.size < options.length) return { reason: 'two options differ in case only' }
  if (options.length > textLimits.options) return { reason: `it has ${options.length} options, and ${textLimits.options} are the most` }
  return { type, answer: alike[0], options, ordered }
}

function answered(kind: Kind, text: string, answer: string, variations: readonly string[]): Pick<Question, 'type' | 'answer' | 'options' | 'variations'> {
  switch (kind.type) {
    case 'true_false': return { type: kind.type, answer: kind.answer, options: [], variations: [] }
    case 'fill_blank': return { type: kind.type, answer, options: [], variations: unique(variations.map(oneLine)).filter((each) => each !== answer) }
    default: return { type: kind.type, answer: kind.answer, options: kind.ordered ? kind.options : settledOrder(kind.options, text), variations: [] }
  }
}

function tooLong(question: Question): string | null {
  const shown = question.options.reduce((sum, option) => sum + option.length + 5, question.text.length)
  if (shown > textLimits.shown) return `question and options have ${shown} characters, and Discord can show ${textLimits.shown}`
  if (question.type === 'fill_blank' && question.answer.length > textLimits.typedAnswer) return `the answer has ${question.answer.length} characters, and a text box takes ${textLimits.typedAnswer}`
  if (question.variations.length > textLimits.variations) return `it has ${question.variations.length} accepted answers, and ${textLimits.variations} are the most`
  const { explanation } = question
  return explanation !== null && explanation.length > textLimits.explanation ? `the explanation has ${explanation.length} characters, and ${textLimits.explanation} are the most` : null
}

const TYPES: Readonly<Record<string, QuestionType>> = {
  multiple: 'multiple_choice', multiple_choice: 'multiple_choice', choice: 'multiple_choice', mcq: 'multiple_choice',
  boolean: 'true_false', true_false: 'true_false', truefalse: 'true_false', bool: 'true_false',
  fill_blank: 'fill_blank', fill_in_the_blank: 'fill_blank', text: 'fill_blank', open: 'fill_blank',
}

/** Undefined where the file says nothing, null where it says something that is no type. */
function typeOf(name: string | undefined): QuestionType | undefined | null {
  const word = oneLine(name ?? '').toLowerCase().replaceAll(/[\s/-]+/g, '_')
  return word === '' ? undefined : (TYPES[word] ?? null)
}

const DIFFICULTIES: Readonly<Record<string, Difficulty>> = { easy: 'easy', medium: 'medium', hard: 'hard', normal: 'medium', difficult: 'hard', beginner: 'easy', expert: 'hard' }

/** Medium where the file says nothing; null where it says something that is no difficulty. */
function difficultyOf(name: string | undefined): Difficulty | null {
  const word = oneLine(name ?? '').toLowerCase()
  return word === '' ? 'medium' : (DIFFICULTIES[word] ?? null)
}

function truth(text: string): 'true' | 'false' | null {
  const word = text.toLowerCase().replace(/\.$/, '')
  return word === 'true' || word === 'false' ? word : null
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}

function short(text: string | undefined): string {
  return (text ?? '').length > 60 ? `${(text ?? '').slice(0, 59)}…` : (text ?? '')
}
