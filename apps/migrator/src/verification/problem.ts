import { failed } from '../errors.ts'

/** Something that the candidate should not have, or should. */
export interface Problem {
  readonly code: string
  readonly text: string
  /** Statements that may have done it, as `migration.sql:12: UPDATE …`. */
  readonly statements?: readonly string[]
}

/** The failure for a candidate that did not verify: the first problem in short, all of them in the details. */
export function notVerified(problems: readonly Problem[]): Error {
  const [first] = problems
  const statements = [...new Set(problems.flatMap((problem) => problem.statements ?? []))]
  const where = first?.statements?.[0]
  const more = problems.length > 1 ? `; and ${problems.length - 1} more` : ''
  return failed({
    code: first?.code ?? 'NOT_VERIFIED',
    what: 'The migrated copy did not verify, and was not published.',
    why: `${first?.text ?? ''}${where === undefined ? '' : ` (${where})`}${more}.`,
    next: 'Mend the migration, or declare in its preserve.json what it is meant to change; then deploy again. The live database is as before.',
    details: [...problems.map((problem) => problem.text), ...statements.map((statement) => `writes there: ${statement}`)],
  })
}
