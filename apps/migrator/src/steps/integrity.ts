import type { Inspection } from '@trivia/database/invariants'
import { writeManifest } from '../backups/manifest.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import type { DanglingRow } from '../tasks/tasks.ts'
import { corrupt } from '../sqlite/explain.ts'

/** integrity_check on the snapshot and, beside it, foreign_key_check and the data's rules, whose findings are for validate. */
export const integrity: Step = {
  name: 'integrity',
  run: async ({ settings, runTask }, state) => {
    const { path, takenAt } = need(state as State, 'snapshot')
    if (path === null) return { danglingRows: [], summary: 'there is nothing to check' }
    // Two threads: the check of the whole file takes as long as all else together.
    const rows = async (): Promise<{ danglingRows: DanglingRow[]; inspection: Inspection; sha256: string }> => {
      const danglingRows = await runTask('foreignKeys', { file: path })
      const inspection = await runTask('inspect', { file: path, foreignKeysHold: danglingRows.length === 0 })
      return { danglingRows, inspection, sha256: await runTask('hash', { file: path }) }
    }
    const [problems, found] = await Promise.allSettled([runTask('integrity', { file: path }), rows()])
    if (problems.status === 'rejected') throw problems.reason
    if (problems.value.length > 0) throw corrupt(settings.database, problems.value)
    if (found.status === 'rejected') throw found.reason
    const { inspection, danglingRows, sha256 } = found.value
    const facts = { type: 'pre_migration', createdAt: takenAt.toISOString(), database: settings.database, problems: [], figures: inspection.figures, sha256 } as const
    const preManifest = await writeManifest(path, facts, need(state as State, 'ownership'))
    return { inspection, danglingRows, preManifest, summary: 'the file is sound' }
  },
}
