import { describe, expect, test } from 'vitest'
import { layoutQuestion, cutTo } from '../src/discord/layout.ts'
import { normaliseCategory } from '../src/normalising/category.ts'
import { questionKey } from '../src/normalising/duplicates.ts'
import { normalise } from '../src/normalising/normalise.ts'
import { lines, oneLine } from '../src/normalising/text.ts'
import type { Draft, Question } from '../src/question.ts'

const draft: Draft = { text: 'Which?', answer: 'b', wrong: ['a', 'c'] }
function question(changes: Partial<Draft>): Question {
  const result = normalise({ ...draft, ...changes })
  if ('reason' in result) throw new Error(result.reason)
  return result.question
}
function reason(changes: Partial<Draft>): string {
  const result = normalise({ ...draft, ...changes })
  return 'reason' in result ? result.reason : 'none'
}

describe('texts', () => {
  test('white space, Unicode and what nobody sees', () => {
    expect(oneLine(' a\u00A0 b\r\n\tc\u200B\u202E\u0000 ')).toBe('a b c')
    expect(oneLine('e\u0301')).toBe('é')
    expect(oneLine('broken \uD800 half')).toBe('broken \uFFFD half')
    expect(lines(' a \r\n b\n\n\n\nc  d ')).toBe('a\nb\n\nc d')
    expect(oneLine('👩‍🚀')).toBe('👩‍🚀')
  })

  test('categories have one name', () => {
    expect(['television', 'Entertainment: Television', 'for-kids', '', 'iPhone & co', 'Science: Computers', 'BRAIN-TEASERS'].map((name) => normaliseCategory(name)))
      .toEqual(['Entertainment: Television', 'Entertainment: Television', 'For Kids', 'General Knowledge', 'iPhone & co', 'Science: Computers', 'BRAIN-TEASERS'])
  })
})

describe('questions', () => {
  test('the type is what the file says, or what the options tell', () => {
    expect(question({ type: 'Multiple Choice' }).type).toBe('multiple_choice')
    expect(question({}).type).toBe('multiple_choice')
    expect(question({ wrong: ['False'], answer: 'TRUE' })).toMatchObject({ type: 'true_false', answer: 'true', options: [] })
    expect(question({ wrong: undefined })).toMatchObject({ type: 'fill_blank', options: [] })
    expect(question({ wrong: undefined, options: ['b', 'a'] }).options).toEqual(['b', 'a'])
  })

  test('options without an order get one that does not tell the answer, always the same', () => {
    const orders = Array.from({ length: 200 }, (_, index) => question({ text: `Question ${index}?`, wrong: ['a', 'c', 'd'] }).options)
    const places = [0, 1, 2, 3].map((place) => orders.filter((options) => options.indexOf('b') === place).length)
    expect(Math.min(...places)).toBeGreaterThan(30)
    expect(question({ text: 'Question 5?', wrong: ['d', 'c', 'a'] }).options).toEqual(orders[5])
  })

  test('an answer in other letters is the option', () => {
    expect(question({ wrong: undefined, options: ['The  Cat', 'Dog'], answer: 'the cat.' }).answer).toBe('The Cat')
  })

  test.each<[string, Partial<Draft>]>([
    ['the question has no text', { text: ' ?! ' }],
    ['the answer is empty', { answer: '\u200B' }],
    ['the difficulty "extreme" is not easy, medium or hard', { difficulty: 'extreme' }],
    ['the type "picture" is not known', { type: 'picture' }],
    ['the answer "b" is not true or false', { type: 'boolean' }],
    ['an option is empty', { wrong: ['a', ' '] }],
    ['a multiple choice needs two options or more, and has 1', { wrong: ['b'] }],
    ['two options differ in case only', { wrong: ['B', 'a'] }],
    ['it has 26 options, and 25 are the most', { wrong: Array.from({ length: 25 }, (_, index) => `option ${index}`) }],
    ['question and options have 6003 characters, and Discord can show 5500', { text: 'x'.repeat(6003), wrong: undefined }],
    ['the answer has 4001 characters, and a text box takes 4000', { answer: 'x'.repeat(4001), wrong: undefined }],
  ])('%s', (expected, changes) => expect(reason(changes)).toBe(expected))
})

test('questions that differ in looks only are the same; other answers make another question', () => {
  const key = (text: string, answer: string): string => questionKey({ text, answer })
  expect(key('Who wrote “Faust”?', 'J. W. Goethe')).toBe(key('who wrote "faust"', 'j w goethe'))
  expect(key('What is this?', 'C#')).not.toBe(key('What is this?', 'C'))
  expect(key('?', 'a')).not.toBe(key('!', 'a'))
})

describe('how Discord can show it', () => {
  const base = { text: 'Which?', type: 'multiple_choice', options: ['a', 'b'] } as const

  test('short options are buttons', () => {
    expect(layoutQuestion(base)).toEqual({ buttons: 'texts', labels: ['a', 'b'], descriptions: ['Which?'], image: null })
  })

  test('one long option makes letters of all', () => {
    const long = 'x'.repeat(81)
    const layout = layoutQuestion({ ...base, options: ['*a*', long] }, (text) => text.replaceAll('*', '\\*'))
    expect(layout).toMatchObject({ buttons: 'letters', labels: ['A', 'B'] })
    expect(layout.descriptions.join('')).toContain('**A** \\*a\\*')
    expect(layout.descriptions.join('')).toContain(`**B** ${long}`)
    expect(layoutQuestion({ ...base, options: ['a', 'x'.repeat(80)] }).buttons).toBe('texts')
  })

  test('a long question is spread over embeds without losing a letter', () => {
    const text = Array.from({ length: 700 }, (_, index) => `word${index}`).join(' ')
    const { descriptions } = layoutQuestion({ text, type: 'fill_blank', options: [] })
    expect(descriptions.length).toBeGreaterThan(1)
    expect(Math.max(...descriptions.map((piece) => piece.length))).toBeLessThanOrEqual(4096)
    expect(descriptions.join(' ')).toBe(text)
    expect(layoutQuestion({ text: '😀'.repeat(3000), type: 'fill_blank', options: [] }).descriptions.every((piece) => piece.isWellFormed())).toBe(true)
  })

  test('a picture is taken out of the text', () => {
    expect(layoutQuestion({ text: "Who's that? https://example.org/a.png", type: 'fill_blank', options: [] })).toMatchObject({ descriptions: ["Who's that?"], image: 'https://example.org/a.png' })
  })

  test('cutting', () => {
    expect(cutTo('short', 10)).toBe('short')
    expect(cutTo('one two three four five', 20)).toBe('one two three four…')
    expect(cutTo('😀😀😀', 4)).toBe('😀…')
  })
})
