import { describe, expect, test } from 'vitest'
import { detectFormat } from '../src/formats/detect.ts'
import { decodeText } from '../src/formats/decoding.ts'
import { collectQuestions } from '../src/importing/import.ts'
import { defaultLimits } from '../src/limits.ts'
import type { Question, Rejection } from '../src/question.ts'

function collect(text: string | Uint8Array, name = 'file', limits = defaultLimits): { questions: readonly Question[]; rejected: readonly Rejection[]; read: number } {
  return collectQuestions([{ name, bytes: typeof text === 'string' ? Buffer.from(text) : text }], { limits })
}

const row = { type: 'multiple', difficulty: 'easy', category: 'Science: Computers', question: 'What is "1 + 1" & co? 50%', correct_answer: 'Café', incorrect_answers: ['a+b', 'c%', 'd'] }
type Row = typeof row
const encoded = (encode: (text: string) => string): Row => ({
  type: encode(row.type), difficulty: encode(row.difficulty), category: encode(row.category), question: encode(row.question),
  correct_answer: encode(row.correct_answer), incorrect_answers: row.incorrect_answers.map(encode),
})
const entities = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('é', '&eacute;').replaceAll("'", '&#039;')

describe('Open Trivia DB JSON', () => {
  test.each([
    ['entities', entities],
    ['url3986', encodeURIComponent],
    ['the older URL encoding', (text: string) => encodeURIComponent(text).replaceAll('%20', '+')],
    ['base64', (text: string) => Buffer.from(text).toString('base64')],
  ])('%s', (_, encode) => {
    for (const document of [[encoded(encode)], { response_code: 0, results: [encoded(encode)] }]) {
      const { questions, rejected } = collect(JSON.stringify(document))
      expect(rejected).toEqual([])
      expect(questions).toHaveLength(1)
      expect(questions[0]).toMatchObject({ text: row.question, answer: 'Café', category: 'Science: Computers', difficulty: 'easy', type: 'multiple_choice', licence: 'CC BY-SA 4.0' })
      expect(new Set(questions[0]?.options)).toEqual(new Set(['Café', 'a+b', 'c%', 'd']))
    }
  })

  test('entities are decoded once', () => {
    const { questions } = collect(JSON.stringify([{ ...row, question: 'What does &amp;lt; mean in HTML?' }]))
    expect(questions[0]?.text).toBe('What does &lt; mean in HTML?')
  })

  test('a boolean becomes true or false', () => {
    const { questions } = collect(JSON.stringify([{ ...row, type: 'boolean', correct_answer: 'False', incorrect_answers: ['True'] }]))
    expect(questions[0]).toMatchObject({ type: 'true_false', answer: 'false', options: [] })
  })

  test('a bad row is told with its line, and the others stay', () => {
    const good = JSON.stringify(row)
    const { questions, rejected, read } = collect(`[\n${good},\n{"question": 5 5},\n{"type":"multiple"},\n${good.replace('co?', 'other?')}\n]`)
    expect(questions).toHaveLength(2)
    expect(read).toBe(4)
    expect(rejected.map(({ line }) => line)).toEqual([3, 4])
    expect(rejected[0]?.reason).toBe('this is not valid JSON')
  })

  test('a file that ends too early keeps its whole rows', () => {
    const { questions, rejected } = collect(`{"results":[${JSON.stringify(row)},{"question":"What is`)
    expect(questions).toHaveLength(1)
    expect(rejected).toEqual([{ file: 'file', line: 1, reason: 'the file ends in the middle of this question' }])
  })
})

describe('CSV', () => {
  test('options joined by bars, quoted commas, lines of records over several lines', () => {
    const { questions, rejected } = collect('id,category,question,options,correct_answer,difficulty\n1,Art,"Who, ""then""?\nReally",A x | B y,B y,easy\n2,Art,What?,A|B,C,hard\n3,Art,A, b?,A|B,A,hard\n')
    expect(questions).toMatchObject([{ text: 'Who, "then"?\nReally', options: ['A x', 'B y'], answer: 'B y', difficulty: 'easy' }])
    expect(rejected).toEqual([
      { file: 'file', line: 4, reason: 'the answer "C" is none of the options' },
      { file: 'file', line: 5, reason: 'this record has 7 columns, the header 6' },
    ])
  })

  test('semicolons, a byte-order mark, columns of options and a letter as answer', () => {
    const { questions } = collect('\uFEFFQuestion;Option A;Option B;Option C;Correct Answer\r\nWhich?;red;green;blue;B\r\n')
    expect(questions).toMatchObject([{ text: 'Which?', answer: 'green', options: ['red', 'green', 'blue'] }])
  })

  test('incorrect answers in columns; true and false; nothing to choose from', () => {
    const { questions } = collect('question,correct_answer,incorrect_answer_1,incorrect_answer_2\nOne?,a,b,c\nTwo.,True,False,\nThree?,x,,\n')
    expect(questions.map(({ type, answer }) => [type, answer])).toEqual([['multiple_choice', 'a'], ['true_false', 'true'], ['fill_blank', 'x']])
  })
})

describe('OpenTriviaQA', () => {
  test('lines that go on, also those that look like an option; a file without extension gives the category', () => {
    const { questions, rejected } = collect('\n#Q Complete:\r\nI am ______.\r\n\r\nA man\r\n^ Sam\r\nA Tom\r\nB Sam\r\n\n#Q True?\n^ False\nA True\nB False\n', 'lists/brain-teasers')
    expect(rejected).toEqual([])
    expect(questions).toMatchObject([
      { text: 'Complete:\nI am ______.\n\nA man', options: ['Tom', 'Sam'], answer: 'Sam', category: 'Brain Teasers' },
      { type: 'true_false', answer: 'false' },
    ])
  })

  test('what is left out, and where', () => {
    const { rejected } = collect('#Q One?\nA x\n#Q Two?\n^ x\nA y\nB z\n#Q Three?\n^ x\nA x\nC y\n')
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'there is no answer (a line that begins with ^)'],
      [3, 'the answer "x" is none of the options'],
      [7, 'the line "C y" is neither the answer nor the next option'],
    ])
  })

  test('UTF-8, Windows-1252, and both in one line', () => {
    const bytes = Buffer.concat([Buffer.from('#Q Café “ or '), Buffer.from([0x43, 0x61, 0x66, 0xe9, 0x20, 0x93, 0x80]), Buffer.from('?\n^ Š\nA Š\nB x\n')])
    expect(collect(bytes).questions[0]?.text).toBe('Café “ or Café “€?')
  })
})

test('text is decoded by its bytes', () => {
  expect(decodeText(Buffer.from('\uFEFFä', 'utf16le'))).toBe('ä')
  expect(decodeText(Buffer.from('€ 東京 😀'))).toBe('€ 東京 😀')
  expect(decodeText(Buffer.from([0xe2, 0x82, 0x41, 0xff, 0xf0, 0x9f]))).toBe('â‚AÿðŸ')
})

describe('Red-DiscordBot YAML', () => {
  test('numbers and booleans keep the text that they have', () => {
    const { questions, rejected } = collect('AUTHOR: Ann\nDESCRIPTION: about\nHow many?:\n- 007\n- 1.50\n- seven\nIs it?:\n- true\nOpposite of on?:\n- off\n"Which?": [yes]\nQuoted?:\n- "no"\n', 'my-list.yaml')
    expect(rejected).toEqual([])
    expect(questions.map(({ type, answer, variations }) => [type, answer, variations])).toEqual([
      ['fill_blank', '007', ['1.50', 'seven']],
      ['true_false', 'true', []],
      ['fill_blank', 'off', ['false', 'no']],
      ['fill_blank', 'yes', ['true', 'on']],
      ['fill_blank', 'no', []],
    ])
    expect(questions[0]).toMatchObject({ author: 'Ann', category: 'My List' })
  })

  test('lists within lists and empty ones are told', () => {
    const { rejected } = collect('One?:\n- [a, b]\nTwo?:\n- {a: b}\nThree?:\nFour?:\n- x\n')
    expect(rejected.map(({ line }) => line)).toEqual([1, 3, 5])
  })
})

describe('our own YAML', () => {
  const head = 'format: trivia-questions/1\nlocale: de\ncategory: Sport\nlicence: CC0-1.0\nquestions:\n'
  test('three types, the head for all', () => {
    const { questions, rejected } = collect(`${head}- {type: fill_blank, question: Wann?, difficulty: easy, answer: 1996, accepted: [96]}\n- {type: true_false, question: Ja., difficulty: hard, answer: false, locale: en}\n- {type: multiple_choice, question: Wer?, difficulty: medium, answer: A, wrong_answers: [B, true]}\n`)
    expect(rejected).toEqual([])
    expect(questions).toMatchObject([
      { answer: '1996', variations: ['96'], category: 'Sports', licence: 'CC0-1.0', locale: 'de' },
      { type: 'true_false', answer: 'false', locale: 'en' },
      { answer: 'A' },
    ])
  })

  test('a faulty question is told with its line and what is wrong', () => {
    const { questions, rejected } = collect(`${head}- {type: fill_blank, question: Wann?, difficulty: easy, answer: x}\n- {type: fill_blank, question: Wann?, difficulty: simple, answer: x}\n- {type: true_false, question: Ja., difficulty: hard, answer: maybe}\n- {type: fill_blank, question: Und?, difficulty: easy, answer: x, acepted: [y]}\n`)
    expect(questions).toHaveLength(1)
    expect(rejected.map(({ line, reason }) => `${line} ${reason.split(':', 1)[0]}`)).toEqual(['7 difficulty', '8 answer', '9 unrecognized key'])
  })
})

describe('limits', () => {
  test('YAML aliases are refused before anything is built of them', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from('bcdefghi', (name, index) => `${name}: &${name} [${Array(9).fill(`*${String.fromCharCode(97 + index)}`).join(',')}]`).join('\n')}\nQ?:\n- *i\n`
    expect(collect(bomb).rejected).toEqual([{ file: 'file', line: 2, reason: 'YAML aliases are not read' }])
  })

  test('nesting without end', () => {
    const { questions, rejected } = collect(`Q?:\n- ${'['.repeat(100_000)}`)
    expect([questions.length, rejected.length]).toEqual([0, 1])
  })

  test('bytes, YAML bytes, rows and time', () => {
    const csv = `question,correct_answer\n${'Q?,x\n'.repeat(600)}`
    expect(collect(csv, 'f', { ...defaultLimits, maxBytes: 100 }).rejected[0]?.reason).toContain('larger than 100 bytes')
    expect(collect(`Q?:\n- ${'x'.repeat(100)}`, 'f', { ...defaultLimits, maxYamlBytes: 50 }).rejected[0]?.reason).toContain('as YAML')
    expect(collect(csv, 'f', { ...defaultLimits, maxRows: 5 })).toMatchObject({ read: 6, rejected: [{ reason: 'the file has more than 5 rows; the rest of it is not read' }] })
    expect(collect(csv, 'f', { ...defaultLimits, maxMs: -1 }).rejected.at(-1)?.reason).toContain('took more than')
  })

  test('files that are no questions', () => {
    expect(collect('').rejected[0]?.reason).toBe('the file is empty')
    expect(collect('Some prose.\nMore of it.').rejected[0]?.reason).toContain('none of the formats')
    expect(collect(Uint8Array.from({ length: 5000 }, (_, index) => (index * 37) % 256)).questions).toEqual([])
    expect(collect('{"a": 1}').rejected[0]?.reason).toContain('no array')
  })
})

test.each([
  ['[{"question":1}]', 'opentdb-json'],
  ['#Q a\n^ b\nA b', 'opentriviaqa'],
  ['# note\nformat: trivia-questions/1\nquestions: []', 'trivia-yaml'],
  ['id,question,correct_answer\n', 'opentdb-csv'],
  ['AUTHOR: x\nWho?:\n  - me', 'red-yaml'],
  ['just text', null],
] as const)('the format of %j is %s', (text, format) => {
  expect(detectFormat(text)).toBe(format)
})
