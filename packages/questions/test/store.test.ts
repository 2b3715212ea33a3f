import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { writeTriviaYaml } from '../src/formats/write-trivia-yaml.ts'
import { collectQuestions, importQuestions } from '../src/importing/import.ts'
import type { Question } from '../src/question.ts'
import { starterPack } from '../src/starter-pack.ts'
import { openDatabase } from '../src/store/open.ts'
import { NoQuestionsTable, sqliteStore } from '../src/store/sqlite-store.ts'
import { newDatabase, rowsOf } from './database.ts'

const pack = collectQuestions(starterPack()).questions

function sample(index: number): Question {
  return { text: `Question ${index}?`, type: 'fill_blank', difficulty: 'hard', category: 'Numbers', answer: String(index), options: [], variations: ['x'], explanation: null, source: 's', licence: 'l', author: null, locale: 'en', tags: [] }
}

test('rows are as the database wants them, and a second import adds nothing', () => {
  using folder = scratchFolder()
  const path = newDatabase(folder.file('trivia.db'))
  const connection = openDatabase(path)
  const first = importQuestions(sqliteStore(connection), starterPack())
  expect(first).toMatchObject({ read: pack.length, imported: pack.length, duplicates: 0, rejected: [] })
  expect(importQuestions(sqliteStore(connection), starterPack())).toMatchObject({ imported: 0, duplicates: pack.length })
  connection.close()

  const rows = rowsOf(path, 'SELECT * FROM questions')
  expect(rows).toHaveLength(pack.length)
  for (const row of rows) {
    expect(row.point_value).toBe({ easy: 10, medium: 20, hard: 30 }[String(row.difficulty)])
    expect(row.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
    if (row.question_type === 'multiple_choice') expect(JSON.parse(String(row.options))).toContain(row.correct_answer)
    else expect(row.options).toBeNull()
    if (row.question_type === 'true_false') expect(['true', 'false']).toContain(row.correct_answer)
  }
})

test('an export comes in again as the same questions', () => {
  using folder = scratchFolder()
  const one = sqliteStore(openDatabase(newDatabase(folder.file('one.db'))))
  const other = sqliteStore(openDatabase(newDatabase(folder.file('other.db'))))
  one.addNew([...pack, { ...sample(1), text: 'A: "b" #c\n- d?', answer: 'yes' }])
  const bytes = Buffer.from(writeTriviaYaml(one.all()))
  expect(importQuestions(other, [{ name: 'export.yaml', bytes }])).toMatchObject({ imported: pack.length + 1, rejected: [] })
  const sorted = (questions: Iterable<Question>): Question[] => Array.from(questions, (each) => ({ ...each, options: each.options.toSorted() }))
  expect(sorted(other.all())).toEqual(sorted(one.all()))
  for (const store of [one, other]) store.close()
})

test('columns of later versions are filled where they are, and their absence is told', () => {
  using folder = scratchFolder()
  const path = newDatabase(folder.file('trivia.db'))
  const connection = openDatabase(path)
  const present = new Set(connection.prepare<[], string>("SELECT name FROM pragma_table_info('questions')").pluck().all())
  const wanted = ['source', 'licence'].filter((name) => !present.has(name))
  expect([...sqliteStore(connection).addNew([sample(1)]).notKept]).toEqual(wanted)
  for (const name of wanted) connection.exec(`ALTER TABLE questions ADD COLUMN ${name} TEXT`)
  const store = sqliteStore(connection)
  expect(store.addNew([sample(2)]).notKept).toEqual([])
  expect([...store.all()].at(-1)).toMatchObject({ source: 's', licence: 'l' })
  store.close()
})

test('all or nothing', () => {
  using folder = scratchFolder()
  const connection = openDatabase(newDatabase(folder.file('trivia.db')))
  const broken = { ...sample(3), difficulty: 'impossible' as Question['difficulty'] }
  expect(() => sqliteStore(connection).addNew([sample(1), sample(2), broken])).toThrow(/CHECK/)
  expect([...sqliteStore(connection).all()]).toEqual([])
  connection.close()
})

test('what somebody else stores between reading and writing counts as there', () => {
  using folder = scratchFolder()
  const path = newDatabase(folder.file('trivia.db'))
  const [one, other] = [sqliteStore(openDatabase(path)), sqliteStore(openDatabase(path))]
  other.addNew([sample(1)])
  expect(one.addNew([sample(1), sample(2), sample(2)])).toMatchObject({ imported: 1, duplicates: 2 })
  for (const store of [one, other]) store.close()
})

test('50,000 questions in seconds, with progress', () => {
  using folder = scratchFolder()
  const store = sqliteStore(openDatabase(newDatabase(folder.file('trivia.db'))))
  const told: number[] = []
  const start = performance.now()
  expect(store.addNew(Array.from({ length: 50_000 }, (_, index) => sample(index)), (done) => void told.push(done)).imported).toBe(50_000)
  expect(performance.now() - start).toBeLessThan(20_000)
  expect(told.length).toBeGreaterThan(10)
  expect(told.at(-1)).toBe(50_000)
  store.close()
})

test('a database without questions is said to be one', () => {
  using folder = scratchFolder()
  const connection = openDatabase(newDatabase(folder.file('trivia.db')))
  connection.exec('ALTER TABLE questions RENAME TO others')
  expect(() => sqliteStore(connection)).toThrow(NoQuestionsTable)
  connection.close()
})
