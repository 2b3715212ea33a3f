import { sharedDataFolder } from '@trivia/testkit'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectFormat } from '../src/formats/detect.ts'
import { decodeText } from '../src/formats/decoding.ts'
import { collectQuestions, type ImportFile } from '../src/importing/import.ts'

const shared = sharedDataFolder()
if (shared === null) console.warn('Skipped: there are no real question files in ../shared/data.')

function filesOf(...folder: string[]): ImportFile[] {
  const path = join(shared ?? '', 'questions', ...folder)
  return readdirSync(path).filter((name) => !/^(?:ORIGIN|LICENSE)/.test(name)).filter((name) => name !== 'lists' && name !== 'categories')
    .map((name) => ({ name, bytes: readFileSync(join(path, name)) }))
}

describe.skipIf(shared === null)('real files', () => {
  test.each([
    ['opentdb-json', ['opentdb'], 4000],
    ['opentdb-csv', ['opentdb-csv'], 4000],
    ['opentriviaqa', ['opentriviaqa', 'categories'], 20_000],
    ['red-yaml', ['red-yaml', 'lists'], 5000],
  ] as const)('%s', (format, folder, least) => {
    const files = filesOf(...folder)
    for (const { name, bytes } of files) expect(`${name} ${detectFormat(decodeText(bytes)) ?? 'none'}`).toBe(`${name} ${format}`)
    const { read, questions, rejected } = collectQuestions(files)
    expect(questions.length).toBeGreaterThan(least)
    expect(questions.length + rejected.length).toBe(read)
    expect(rejected.length / read).toBeLessThan(0.001)
    for (const { file, line, reason } of rejected) expect(file !== '' && line > 0 && reason !== '').toBe(true)
    for (const { text, answer, options, type } of questions) {
      expect(/&(?:quot|amp|#0?39);|\uFFFD|[\u0080-\u009F]/.exec(`${text}${answer}`), text).toBeNull()
      if (type === 'multiple_choice') expect(options).toContain(answer)
    }
  })

  test('the same rows in the other encodings are the same questions', () => {
    const [file] = filesOf('opentdb')
    const { questions } = collectQuestions([file ?? { name: '', bytes: Buffer.alloc(0) }])
    const recode = (encode: (text: string) => string): Buffer => Buffer.from(JSON.stringify({ response_code: 0, results: questions.slice(0, 1000).map(({ text, answer, options, type, difficulty, category }) => ({
      type: encode(type === 'true_false' ? 'boolean' : 'multiple'), difficulty: encode(difficulty), category: encode(category), question: encode(text),
      correct_answer: encode(answer), incorrect_answers: (type === 'true_false' ? [answer === 'true' ? 'False' : 'True'] : options.filter((option) => option !== answer)).map(encode),
    })) }))
    for (const encode of [encodeURIComponent, (text: string) => Buffer.from(text).toString('base64')]) {
      expect(collectQuestions([{ name: 'x', bytes: recode(encode) }]).questions).toEqual(questions.slice(0, 1000))
    }
  })
})
