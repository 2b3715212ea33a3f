import { readVersion } from '../migrations/ledger.ts'
import { withDatabase } from '../sqlite/connection.ts'
import type { State } from './state.ts'

/** The migration guide's testing checklist, as a rehearsal answers it. */
export interface Checklist {
  readonly schemaVersionUpdated: boolean
  readonly dataPreserved: boolean
  readonly foreignKeysMaintained: boolean
  readonly indexesCreated: boolean
  readonly performanceNotDegraded: boolean
  readonly backupAndRestoreWork: boolean
}

/** The guide's words for each. */
export const checklistTexts: Readonly<Record<keyof Checklist, string>> = {
  schemaVersionUpdated: 'Schema version updated correctly',
  dataPreserved: 'All existing data preserved',
  foreignKeysMaintained: 'Foreign key constraints maintained',
  indexesCreated: 'Indexes created successfully',
  performanceNotDegraded: 'Performance not degraded',
  backupAndRestoreWork: 'Backup/restore works correctly',
}

/**
 * Answers the checklist while the candidate is still there. Verify has refused lost rows, dangling keys and
 * missing indexes before it comes to this.
 */
export function answerChecklist({ candidate, certificate, preflight, rehearsedPublishMs }: Readonly<State>): Checklist {
  const version = candidate === undefined ? null : withDatabase(candidate.path, { readonly: true }, readVersion)
  const verified = certificate !== undefined
  return {
    schemaVersionUpdated: preflight !== undefined && version === preflight.versionTo,
    dataPreserved: verified,
    foreignKeysMaintained: verified,
    indexesCreated: verified,
    performanceNotDegraded: certificate?.plans.every((plan) => !plan.worse) === true,
    backupAndRestoreWork: rehearsedPublishMs !== undefined,
  }
}
