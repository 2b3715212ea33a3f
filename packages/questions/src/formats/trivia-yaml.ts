import { isMap, isSeq } from 'yaml'
import type { Draft, Row } from '../question.ts'
import { firstIssue } from './issue.ts'
import { triviaYamlHead, triviaYamlQuestion, type TriviaYamlQuestion } from './trivia-yaml-schema.ts'
import { parseYaml } from './yaml-source.ts'

/** Reads our own format; every question by itself, so that a faulty one does not lose the others. */
export function* readTriviaYaml(text: string): Generator<Row> {
  const source = parseYaml(text)
  if ('reason' in source) {
    yield source
    return
  }
  const { document: { contents }, document, lineOf } = source
  const list = isMap(contents) ? contents.get('questions', true) : undefined
  if (!isMap(contents) || !isSeq(list)) {
    yield { line: 1, reason: 'it has no list "questions"' }
    return
  }
  const head = triviaYamlHead.safeParse(Object.fromEntries(contents.items.flatMap(({ key, value }) => {
    const name = String(key)
    return name === 'questions' ? [] : [[name, isNode(value) ? value.toJS(document) : value]]
  })))
  if (!head.success) {
    yield { line: 1, reason: firstIssue(head.error) }
    return
  }
  for (const item of list.items) {
    const line = lineOf(item)
    const checked = triviaYamlQuestion.safeParse(isNode(item) ? item.toJS(document) : item)
    yield checked.success ? { line, draft: draftOf(checked.data, head.data) } : { line, reason: firstIssue(checked.error) }
  }
}

type Head = ReturnType<typeof triviaYamlHead.parse>

function draftOf(question: TriviaYamlQuestion, head: Head): Draft {
  const { type, difficulty, explanation, tags } = question
  return {
    text: question.question,
    type,
    difficulty,
    answer: String(question.answer),
    ...(type === 'multiple_choice' ? { wrong: question.wrong_answers } : {}),
    ...(type === 'fill_blank' ? { variations: question.accepted } : {}),
    category: question.category ?? head.category,
    explanation,
    tags,
    source: question.source ?? head.source,
    licence: question.licence ?? head.licence,
    author: question.author ?? head.author,
    locale: question.locale ?? head.locale,
  }
}

interface Node {
  toJS(document: unknown): unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'toJS' in value && typeof value.toJS === 'function'
}
