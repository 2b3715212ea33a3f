import { resolve } from 'node:path'
import { checkPack, checkReadable, starterPackSize } from '../checking/check.ts'
import type { Format } from '../formats/detect.ts'
import { triviaYamlParts } from '../formats/write-trivia-yaml.ts'
import { importQuestions } from '../importing/import.ts'
import { defaultLimits } from '../limits.ts'
import type { Question, Rejection } from '../question.ts'
import { starterPack } from '../starter-pack.ts'
import { withStore } from './database.ts'
import { EXIT, type ErrorReport } from './errors.ts'
import { assertFiles, readFiles, writeWhole } from './files.ts'
import { databasePath } from './places.ts'
import { importProgress, type ProgressStream } from './progress.ts'

/** What every command gets. */
export interface CommandInput {
  /** Where the caller stands. */
  readonly base: string
  readonly env: NodeJS.ProcessEnv
  readonly stdout: Pick<NodeJS.WriteStream, 'write'>
  readonly stderr: ProgressStream
}

/** What a command leaves for `main` to print. */
export interface CommandResult {
  readonly exitCode: number
  readonly text: string
  readonly json: unknown
  readonly error?: ErrorReport
}

export interface ImportFlags {
  readonly database?: string
  readonly format?: Format
}

/** `questions import FILE…` */
export function runImport(input: CommandInput, files: readonly string[], { database, format }: ImportFlags): CommandResult {
  const path = databasePath(database, input.env, input.base)
  assertFiles(files, input.base)
  const progress = importProgress(input.stderr)
  const report = withStore(path, { readonly: false }, (store) =>
    importQuestions(store, readFiles(files, input.base, defaultLimits.maxBytes), { format, progress: progress.show }))
  progress.end()
  const { read, imported, duplicates, rejected, notKept } = report
  const json = { read, imported, duplicates, rejected, notKept, database: path }
  if (read > 0 && rejected.length === read) {
    const error = { code: 'NOTHING_TO_IMPORT', what: 'None of what was read is a question.', why: `${rejected[0]?.file}:${rejected[0]?.line}: ${rejected[0]?.reason}`, next: 'Look at the file, or name its format with --format.' }
    return { exitCode: EXIT.refused, text: rejectedText(rejected), json: { ...json, error }, error }
  }
  const lost = notKept.length === 0 ? [] : [`  this version of the database has no place for: ${notKept.join(', ')}`]
  return { exitCode: EXIT.ok, json, text: [`✔ ${imported} of ${read} questions imported, ${duplicates} there already, ${rejected.length} left out`, ...lost, rejectedText(rejected)].filter((line) => line !== '').join('\n') }
}

export interface ExportFlags {
  readonly database?: string
  readonly force?: boolean
}

/** `questions export [FILE]` */
export function runExport(input: CommandInput, file: string | undefined, { database, force = false }: ExportFlags): CommandResult {
  const path = databasePath(database, input.env, input.base)
  return withStore(path, { readonly: true }, (store) => {
    const counter = { exported: 0 }
    const parts = triviaYamlParts(counted(store.all(), counter))
    if (file === undefined) {
      for (const part of parts) input.stdout.write(part)
      return { exitCode: EXIT.ok, text: '', json: undefined }
    }
    writeWhole(resolve(input.base, file), parts, force)
    return { exitCode: EXIT.ok, text: `✔ ${counter.exported} questions exported to ${file}`, json: { exported: counter.exported, file: resolve(input.base, file), database: path } }
  })
}

function* counted(questions: Iterable<Question>, counter: { exported: number }): Generator<Question> {
  for (const question of questions) {
    counter.exported += 1
    yield question
  }
}

export interface CheckFlags {
  readonly format?: Format
  readonly strict?: boolean
}

/** `questions check [FILE…]` */
export function runCheck(input: CommandInput, files: readonly string[], { format, strict = false }: CheckFlags): CommandResult {
  assertFiles(files, input.base)
  const report = files.length === 0 ? checkPack(starterPack(), starterPackSize)
    : strict ? checkPack(readFiles(files, input.base, defaultLimits.maxBytes), null)
      : checkReadable(readFiles(files, input.base, defaultLimits.maxBytes), { format })
  const { findings, questions, byType, byDifficulty, byCategory } = report
  const counts = (of: Readonly<Record<string, number>>): string => Object.entries(of).map(([name, number]) => `${name} ${number}`).join(', ')
  const tally = [`${findings.length === 0 ? '✔' : '✖'} ${questions} questions`, `  ${counts(byType)}`, `  ${counts(byDifficulty)}`, `  ${counts(byCategory)}`]
  if (findings.length === 0) return { exitCode: EXIT.ok, text: tally.join('\n'), json: report }
  const error = { code: 'CHECK_FAILED', what: `${findings.length} findings.`, why: 'They are listed above.', next: 'Mend them, and check again.' }
  return { exitCode: EXIT.refused, text: [...tally, rejectedText(findings, Infinity)].join('\n'), json: { ...report, error }, error }
}

/** The rows that were left out, and how many there are of each reason where they are many. */
function rejectedText(rejected: readonly Rejection[], most = 20): string {
  const shown = rejected.slice(0, most).map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`)
  return [...shown, ...(rejected.length > most ? [`  … and ${rejected.length - most} more (--json lists all)`] : [])].join('\n')
}
