import type { PipelineRun } from './run.ts'

const nothing = { databaseBefore: null, databaseAfter: null, preBackup: null, postBackup: null, pagesBefore: null, pagesAfter: null, freePagesBefore: null, freePagesAfter: null }

/** A run that took no steps; a file of its own, so that a deploy with nothing to do loads no step. */
export const noSteps: Omit<PipelineRun, 'state' | 'error'> = {
  durationsMs: {}, records: [], ms: 0, evidence: { structure: { added: [], removed: [], changed: [] }, sizes: nothing },
}
