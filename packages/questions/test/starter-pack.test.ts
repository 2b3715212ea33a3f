import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { checkPack, starterPackSize } from '../src/checking/check.ts'
import { triviaYamlJsonSchema } from '../src/formats/trivia-yaml-schema.ts'
import { starterPack } from '../src/starter-pack.ts'

test('the starter pack keeps all rules', () => {
  const report = checkPack(starterPack(), starterPackSize)
  expect(report.findings).toEqual([])
  expect(report.questions).toBeGreaterThanOrEqual(300)
  expect(Object.keys(report.byCategory).length).toBeGreaterThanOrEqual(12)
})

test('the checker finds what is wrong', () => {
  const yaml = `format: trivia-questions/1
category: Test
questions:
- {type: multiple_choice, question: Who is the current pope?, difficulty: easy, answer: Anna Berg, wrong_answers: [Ana Berg, c]}
- {type: true_false, question: Is it?, difficulty: easy, answer: true, explanation: It is so because it is.}
- {type: true_false, question: Is it?, difficulty: easy, answer: true, explanation: Short.}
- {type: fill_blank, question: Is a blue whale blue?, difficulty: easy, answer: blue whale, accepted: [Blue whales]}
`
  const { findings } = checkPack([{ name: 'a.yaml', bytes: Buffer.from(yaml) }], starterPackSize)
  const reasons = findings.map(({ line, reason }) => `${line} ${reason}`)
  for (const expected of [
    '4 it has no explanation', '4 it has no source or no licence', '4 it has 3 options instead of 4', '4 its answer may change with time', '4 the option "Ana Berg" would pass for the answer',
    '5 a statement ends with a full stop', '6 the explanation is too short', '6 the same question is in a.yaml:5', '7 the question contains its answer', '7 "Blue whales" is accepted anyway',
    '0 it has 4 questions, and 300 are the least', '0 Test has 4 questions, and 20 are the least', '0 it has no question that is hard',
  ]) expect(reasons).toContain(expected)
})

test('the published JSON Schema is the one in the code (pnpm --filter @trivia/questions schema)', () => {
  const published: unknown = JSON.parse(readFileSync(resolve(import.meta.dirname, '../schema/questions.schema.json'), 'utf8'))
  expect(published).toEqual(triviaYamlJsonSchema())
})
