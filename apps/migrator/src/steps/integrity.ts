import { writeManifest } from '../backups/manifest.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { corrupt } from '../sqlite/explain.ts'

/** integrity_check and foreign_key_check on the snapshot, side by side. Rows that belong to nothing are for validate. */
export const integrity: Step = {
  name: 'integrity',
  run: async ({ settings, runTask }, state) => {
    const { path, takenAt } = need(state as State, 'snapshot')
    if (path === null) return { danglingRows: [], summary: 'there is nothing to check' }
    const [problems, danglingRows] = await Promise.all([runTask('integrity', { file: path }), runTask('foreignKeys', { file: path })])
    if (problems.length > 0) throw corrupt(settings.database, problems)
    const facts = { type: 'pre_migration', createdAt: takenAt.toISOString(), database: settings.database, problems } as const
    const preManifest = await writeManifest(path, facts, need(state as State, 'ownership'))
    return { danglingRows, preManifest, summary: 'the file is sound' }
  },
}
