import type { Inspection } from '@trivia/database/invariants'
import type { Candidate } from '../pipeline/state.ts'
import type { Problem } from './problem.ts'

/** The data's rules after the migration: more broken rows than before are a problem, more odd ones a remark. */
export function ruleProblems(before: Inspection | undefined, after: Inspection, candidate: Candidate): { problems: Problem[]; remarks: string[] } {
  const setAside = Object.keys(candidate.quarantined).length > 0
  const problems: Problem[] = []
  const remarks: string[] = []
  for (const finding of after.findings) {
    const rows = after.figures[finding.rule] ?? finding.rows
    const was = before?.figures[finding.rule] ?? 0
    const isError = finding.severity === 'error'
    // After a quarantine nothing broken may be left at all.
    if (rows <= was && !(isError && setAside)) continue
    const [first] = finding.examples
    const text = `${rows} rows of ${finding.table} break ${finding.rule}, ${was} did before: ${first?.key ?? ''}: ${first?.reason ?? ''}`
    if (isError) problems.push({ code: 'DATA_WORSE', text })
    else remarks.push(text)
  }
  return { problems, remarks }
}
