import { collectQuestions, type Collected, type ImportFile, type ImportOptions } from '../importing/import.ts'
import { readQuestions } from '../formats/read.ts'
import { defaultLimits } from '../limits.ts'
import { questionKey } from '../normalising/duplicates.ts'
import { normalise } from '../normalising/normalise.ts'
import { difficulties, type Question, questionTypes, type Rejection } from '../question.ts'
import { packRules } from './rules.ts'

/** How many questions of each kind there are. */
export interface Tally {
  readonly questions: number
  readonly byType: Readonly<Record<string, number>>
  readonly byDifficulty: Readonly<Record<string, number>>
  readonly byCategory: Readonly<Record<string, number>>
}

export interface CheckReport extends Tally {
  readonly findings: readonly Rejection[]
}

/** What a pack as a whole must have. */
export interface PackSize {
  readonly questions: number
  readonly categories: number
  readonly perCategory: number
}

export const starterPackSize: PackSize = { questions: 300, categories: 12, perCategory: 20 }

/**
 * Checks files that are meant to be published: every question can be read, keeps the rules of a pack, and is there
 * once.
 *
 * @param size what the pack must have at least; null for a list that need not be a whole pack
 */
export function checkPack(files: Iterable<ImportFile>, size: PackSize | null): CheckReport {
  const findings: Rejection[] = []
  const questions: Question[] = []
  const first = new Map<string, string>()
  for (const { name, bytes } of files) {
    for (const row of readQuestions(bytes, { limits: defaultLimits })) {
      const { line } = row
      const result = 'draft' in row ? normalise(row.draft) : row
      if ('reason' in result) {
        findings.push({ file: name, line, reason: result.reason })
        continue
      }
      const { question } = result
      questions.push(question)
      for (const { broken } of packRules) {
        const reason = broken(question)
        if (reason !== null) findings.push({ file: name, line, reason })
      }
      const key = questionKey(question)
      const earlier = first.get(key)
      if (earlier === undefined) first.set(key, `${name}:${line}`)
      else findings.push({ file: name, line, reason: `the same question is in ${earlier}` })
    }
  }
  const tally = tallyOf(questions)
  if (size !== null) findings.push(...sizeFindings(tally, size))
  return { ...tally, findings }
}

/** Checks files that only have to be importable, as somebody else's lists. */
export function checkReadable(files: Iterable<ImportFile>, options: ImportOptions): CheckReport & Pick<Collected, 'read'> {
  const { questions, rejected, read } = collectQuestions(files, options)
  return { ...tallyOf(questions), read, findings: rejected }
}

function sizeFindings(tally: Tally, { questions, categories, perCategory }: PackSize): Rejection[] {
  const about = (reason: string): Rejection => ({ file: 'the pack', line: 0, reason })
  const count = Object.keys(tally.byCategory).length
  return [
    ...(tally.questions < questions ? [about(`it has ${tally.questions} questions, and ${questions} are the least`)] : []),
    ...(count < categories ? [about(`it has ${count} categories, and ${categories} are the least`)] : []),
    ...Object.entries(tally.byCategory).filter(([, number]) => number < perCategory).map(([name, number]) => about(`${name} has ${number} questions, and ${perCategory} are the least`)),
    ...questionTypes.filter((type) => tally.byType[type] === undefined).map((type) => about(`it has no question of the type ${type}`)),
    ...difficulties.filter((difficulty) => tally.byDifficulty[difficulty] === undefined).map((difficulty) => about(`it has no question that is ${difficulty}`)),
  ]
}

function tallyOf(questions: readonly Question[]): Tally {
  const by = (of: (question: Question) => string): Record<string, number> => {
    const counts = new Map<string, number>()
    for (const question of questions) counts.set(of(question), (counts.get(of(question)) ?? 0) + 1)
    return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)))
  }
  return { questions: questions.length, byType: by(({ type }) => type), byDifficulty: by(({ difficulty }) => difficulty), byCategory: by(({ category }) => category) }
}
