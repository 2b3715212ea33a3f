import { basename } from 'node:path'
import { writeManifest } from '../backups/manifest.ts'
import { renameDurably } from '../files/durable.ts'
import { apply } from '../files/permissions.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'

/** The post-migration backup: the candidate itself, which was proven and is what was published. */
export const backup: Step = {
  name: 'backup',
  run: async ({ settings, now }, state) => {
    const { path: candidate } = need(state as State, 'candidate')
    const ownership = need(state as State, 'ownership')
    const path = need(state as State, 'plannedBackup')
    apply(ownership, candidate)
    renameDurably(candidate, path)
    await writeManifest(path, { type: 'post_migration', createdAt: now().toISOString(), database: settings.database, problems: [], figures: need(state as State, 'certificate').inspection.figures, ...(state.candidateHash === undefined ? {} : { sha256: state.candidateHash }) }, ownership)
    return { postBackup: path, summary: basename(path) }
  },
}
