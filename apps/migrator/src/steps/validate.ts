import { type Finding, findingLine, findingLines } from '@trivia/database/invariants'
import { refuse } from '../errors.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import type { DanglingRow } from '../tasks/tasks.ts'

/** What must hold in the data, before anything is changed. */
export const validate: Step = {
  name: 'validate',
  run: async ({ options }, state) => {
    const { path } = need(state as State, 'snapshot')
    if (path === null) return { summary: 'there is nothing to check' }
    const inspection = need(state as State, 'inspection')
    const errors = inspection.findings.filter((finding) => finding.severity === 'error')
    const dangling = unknownToRules(state.danglingRows ?? [], errors)
    const broken = [...errors.flatMap(findingLines), ...dangling]
    if (broken.length > 0 && !options.quarantine) {
      throw refuse({
        code: 'BROKEN_ROWS',
        what: `The database has rows that the new schema cannot take: ${summarise(errors, dangling.length)}.`,
        why: 'They break what must hold in the data; going on would lose them or leave them unreadable.',
        next: 'Mend them, or deploy with --quarantine: it sets them aside, and "migrator quarantine restore" brings them back when mended.',
        details: broken,
      })
    }
    const warnings = inspection.findings.filter((finding) => finding.severity === 'warning')
    return {
      remarks: warnings.map((finding) => `odd, but kept: ${findingLine(finding)}`),
      summary: broken.length > 0 ? `${summarise(errors, dangling.length)}: to be set aside` : `${inspection.figures.user_count} players, every row as it must be`,
    }
  },
}

function summarise(errors: readonly Finding[], dangling: number): string {
  const parts = errors.map((finding) => `${finding.rows} ${finding.rule} in ${finding.table}`)
  return [...parts, ...(dangling > 0 ? [`${dangling} rows of other tables that belong to nothing`] : [])].join(', ')
}

/** Rules see orphans of the tables that they know; other tables' orphans only foreign_key_check sees. */
function unknownToRules(dangling: readonly DanglingRow[], errors: readonly Finding[]): string[] {
  const known = new Set(errors.map((finding) => finding.table))
  return dangling
    .filter((row) => !known.has(row.table))
    .map((row) => `${row.table} row ${row.rowid ?? '?'}: it belongs to a row that is not in ${row.parent} (foreign_key)`)
}
