import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { failed } from '../errors.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { withDatabase } from '../sqlite/connection.ts'
import { LiveFile } from '../sqlite/live-file.ts'
import { countRows } from '../structure/tables.ts'

const BLOCKED_MS = 5_000

/** Publishes into a stand-in for the live database, and restores the snapshot over it: both have to work there. */
export const rehearsePublish: Step = {
  name: 'publish',
  run: async (_context, state) => {
    const { path: candidate } = need(state as State, 'candidate')
    const { path: snapshot } = need(state as State, 'snapshot')
    const standIn = join(need(state as State, 'workDir'), 'stand-in.db')
    if (snapshot === null) writeFileSync(standIn, '', { mode: 0o600 })
    else copyFileSync(snapshot, standIn)
    const start = performance.now()
    const live = LiveFile.open(standIn)
    try {
      await publishInto(live, candidate)
      const publishMs = Math.round(performance.now() - start)
      if (snapshot !== null) await publishInto(live, snapshot)
      return { rehearsedPublishMs: publishMs, summary: `published into a stand-in${snapshot === null ? '' : ', and restored the snapshot over it'}` }
    } finally {
      live.close()
    }
  },
}

async function publishInto(live: LiveFile, source: string): Promise<void> {
  const outcome = await live.publish(source, live.arm(), BLOCKED_MS)
  live.settle()
  const expected = JSON.stringify(withDatabase(source, { readonly: true }, countRows))
  if (outcome === 'published' && JSON.stringify(countRows(live.connection)) === expected) return
  throw failed({
    code: 'PUBLISH_LOST',
    what: 'The rehearsed publish did not arrive.',
    why: 'The stand-in for the live database does not have the rows that were published into it.',
    next: 'Look at the disk ("dmesg") and rehearse again.',
  })
}
