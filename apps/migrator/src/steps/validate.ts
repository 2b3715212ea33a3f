import { type Finding, findingLine, findingLines } from '@trivia/database/invariants'
import { refuse } from '../errors.ts'
import { appliedMigrations } from '../lint/applied.ts'
import type { Finding as LintFinding } from '../lint/finding.ts'
import { lint } from '../lint/lint.ts'
import type { Preflight } from '../migrations/examine.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { DanglingRow } from '../tasks/tasks.ts'

/** What must hold in the data, before anything is changed. */
export const validate: Step = {
  name: 'validate',
  run: async ({ options, settings }, state) => {
    const { path } = need(state as State, 'snapshot')
    const found = lintPending(path, need(state as State, 'preflight'), settings.database)
    const ofLint = found.map(({ severity, rule, migration, line, message }) => `lint, ${severity} ${rule}, ${migration}/migration.sql:${line}: ${message}`)
    if (path === null) return { lint: found, remarks: ofLint, summary: 'there is nothing to check' }
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
      lint: found,
      remarks: [...ofLint, ...warnings.map((finding) => `odd, but kept: ${findingLine(finding)}`)],
      summary: broken.length > 0 ? `${summarise(errors, dangling.length)}: to be set aside` : `${inspection.figures.user_count} players, every row as it must be`,
    }
  },
}

/** What lint says of the migrations to come, with the snapshot to look into. It tells; verify refuses. */
function lintPending(snapshot: string | null, { migrations, pending }: Preflight, database: string): LintFinding[] {
  const request = { folder: migrations, chosen: pending }
  if (snapshot === null) return lint({ ...request, ledger: null, connection: null })
  return withDatabase(snapshot, { readonly: true }, (connection) => lint({ ...request, ledger: appliedMigrations(connection, database, migrations), connection }))
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
