import { basename, extname } from 'node:path'
import type { Format } from '../formats/detect.ts'
import { readQuestions } from '../formats/read.ts'
import { defaultLimits, type ReadLimits } from '../limits.ts'
import { normalise } from '../normalising/normalise.ts'
import type { Question, Rejection } from '../question.ts'
import type { QuestionStore } from '../store/port.ts'

/** A file's content under the name by which it is reported. */
export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportOptions {
  /** Else found out file by file. */
  readonly format?: Format | undefined
  readonly limits?: ReadLimits
  readonly progress?: (progress: ImportProgress) => void
}

export type ImportProgress = { readonly doing: 'reading'; readonly file: string; readonly read: number } | { readonly doing: 'storing'; readonly done: number; readonly of: number }

/** What was read: sound questions, and what was left out. */
export interface Collected {
  /** Questions and rejected rows together. */
  readonly read: number
  readonly questions: readonly Question[]
  readonly rejected: readonly Rejection[]
}

export interface ImportReport {
  readonly read: number
  readonly imported: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  readonly notKept: readonly string[]
}

/** Reads files and stores their new questions in one transaction: all of them, or none. */
export function importQuestions(store: QuestionStore, files: Iterable<ImportFile>, options: ImportOptions = {}): ImportReport {
  const { progress = () => {} } = options
  const { read, questions, rejected } = collectQuestions(files, options)
  const { imported, duplicates, notKept } = store.addNew(questions, (done) => progress({ doing: 'storing', done, of: questions.length }))
  return { read, imported, duplicates, rejected, notKept }
}

/** Reads files one after the other; of each, only its questions stay in memory. */
export function collectQuestions(files: Iterable<ImportFile>, { format, limits = defaultLimits, progress = () => {} }: ImportOptions = {}): Collected {
  const questions: Question[] = []
  const rejected: Rejection[] = []
  let read = 0
  for (const { name, bytes } of files) {
    for (const row of readQuestions(bytes, { limits, format, category: categoryOf(name) })) {
      read += 1
      if (read % 1000 === 0) progress({ doing: 'reading', file: name, read })
      const result = 'draft' in row ? normalise(row.draft) : row
      if ('question' in result) questions.push(result.question)
      else rejected.push({ file: name, line: row.line, reason: result.reason })
    }
    progress({ doing: 'reading', file: name, read })
  }
  return { read, questions, rejected }
}

/** A list's name is its subject, as with OpenTriviaQA's and Red's files. */
function categoryOf(name: string): string {
  return basename(name, extname(name))
}
