import { tokenize } from '@trivia/schema-engine/sql'
import type { Draft } from './finding.ts'
import type { LintStatement } from './statement.ts'

/** A comment that silences a rule: `-- lint-ignore RULE: reason`. */
interface Silence {
  readonly rule: string
  readonly from: number
  readonly to: number
}

const COMMENT = /^--\s*lint-ignore\b\s*([\w-]*)\s*:?\s*(.*?)\s*$/

/**
 * What a migration's comments silence. One before the first statement is for the whole file; one between two
 * statements is for the one that follows. Without a reason it silences nothing.
 */
export class Silences {
  readonly #silences: readonly Silence[]
  /** Comments that are not as they should be. */
  readonly problems: readonly Draft[]

  constructor(sql: string, statements: readonly LintStatement[], known: ReadonlySet<string>) {
    const silences: Silence[] = []
    const problems: Draft[] = []
    for (const { kind, text, line } of tokenize(sql)) {
      const match = kind === 'comment' ? COMMENT.exec(text) : null
      if (match === null) continue
      const [, rule = '', reason = ''] = match
      const place = placeOf(line, statements)
      if (!known.has(rule)) problems.push({ severity: 'error', line, message: `There is no rule ${rule || '(none named)'} that could be silenced; docs/lint/README.md lists them.` })
      else if (reason === '') problems.push({ severity: 'error', line, message: `Say why ${rule} does not hold here; without a reason it is not silenced.`, fix: `-- lint-ignore ${rule}: …` })
      else if (place === null) problems.push({ severity: 'warning', line, message: 'This comment silences nothing: it has to stand on the line before a statement, or at the top of the file.' })
      else silences.push({ rule, ...place })
    }
    this.#silences = silences
    this.problems = problems
  }

  covers(rule: string, line: number): boolean {
    return this.#silences.some((silence) => silence.rule === rule && silence.from <= line && line <= silence.to)
  }
}

function placeOf(line: number, statements: readonly LintStatement[]): { from: number; to: number } | null {
  const next = statements.findIndex((statement) => statement.line > line)
  const statement = statements[next]
  if (statement === undefined || (statements[next - 1]?.lastLine ?? 0) >= line) return null
  return next === 0 ? { from: 1, to: Infinity } : { from: statement.line, to: statement.lastLine }
}
