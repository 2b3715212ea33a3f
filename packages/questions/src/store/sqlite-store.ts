import type Sqlite from 'better-sqlite3'
import { questionKey } from '../normalising/duplicates.ts'
import type { Question } from '../question.ts'
import { coreColumns, laterColumns, type QuestionRow, questionOf, saysMore } from './columns.ts'
import type { AddResult, QuestionStore } from './port.ts'

/** How often progress is told. */
const STEP = 1000

/** A database that has no table of questions. */
export class NoQuestionsTable extends Error {
  override readonly name = 'NoQuestionsTable'
}

/**
 * The table `questions` of a trivia database from version 3 on.
 *
 * @throws NoQuestionsTable
 */
export function sqliteStore(connection: Sqlite.Database): QuestionStore {
  const present = new Set(connection.prepare<[], string>("SELECT name FROM pragma_table_info('questions')").pluck().all())
  const missing = coreColumns.filter(({ name }) => !present.has(name))
  if (missing.length > 0) throw new NoQuestionsTable(present.size === 0 ? 'there is no table questions' : `the table questions has no column ${missing[0]?.name ?? ''}`)
  const columns = [...coreColumns, ...laterColumns.filter(({ name }) => present.has(name))]
  const absent = laterColumns.filter(({ name }) => !present.has(name))

  const keysAfter = connection.prepare<[number | bigint], { id: number | bigint; text: string; answer: string }>(
    'SELECT id, question_text AS text, correct_answer AS answer FROM questions WHERE id > ? ORDER BY id',
  )
  const insert = connection.prepare(`INSERT INTO questions (${columns.map(({ name }) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
  const readAll = connection.prepare<[], QuestionRow>(`SELECT ${columns.map(({ name }) => name).join(', ')} FROM questions ORDER BY id`)

  const collectKeys = (keys: Set<string>, after: number | bigint): number | bigint => {
    let last = after
    for (const { id, text, answer } of keysAfter.iterate(after)) {
      keys.add(questionKey({ text, answer }))
      last = id
    }
    return last
  }

  const addNew = (questions: readonly Question[], progress: (done: number) => void = () => {}): AddResult => {
    const keys = new Set<string>()
    // Outside of the transaction, which then holds others up only for what came in between.
    const known = collectKeys(keys, 0)
    const notKept = new Set<string>()
    let imported = 0
    const run = connection.transaction(() => {
      collectKeys(keys, known)
      for (const [index, question] of questions.entries()) {
        if (index % STEP === 0) progress(index)
        const key = questionKey(question)
        if (keys.has(key)) continue
        keys.add(key)
        insert.run(columns.map(({ value }) => value(question)))
        for (const { name } of absent) if (saysMore(question, name)) notKept.add(name)
        imported += 1
      }
    })
    run.immediate()
    progress(questions.length)
    return { imported, duplicates: questions.length - imported, notKept: [...notKept] }
  }

  return {
    addNew,
    all: function* () {
      for (const row of readAll.iterate()) yield questionOf(row)
    },
    close: () => void connection.close(),
  }
}
