import type { PipelineEvents } from './context.ts'
import type { Meanwhile, Step } from './steps.ts'
import { interrupted, type Run, takeStep } from './take-step.ts'

/**
 * Takes rows of steps at the same time. The failure that counts is that of the first row that failed, whichever came
 * first; it is told when all rows have ended, so that nobody reads of one that does not count.
 */
export async function takeMeanwhile({ rows }: Meanwhile, run: Run): Promise<void> {
  const { context } = run
  const breakable = rows.map((steps) => ({ steps, breaker: new AbortController() }))
  const failures: (() => void)[] = []
  const ends = await Promise.allSettled(breakable.map(async ({ steps, breaker }, row) => {
    const signal = AbortSignal.any([context.signal, breaker.signal])
    const events: PipelineEvents = { ...context.events, stepFailed: (step, error) => (failures[row] = () => context.events.stepFailed(step, error)) }
    try {
      await takeRow(steps, { ...run, context: { ...context, signal, events } })
    } catch (error) {
      for (const later of breakable.slice(row + 1)) later.breaker.abort()
      throw error
    }
  }))
  const failed = ends.findIndex((end) => end.status === 'rejected')
  if (failed === -1) return
  failures[failed]?.()
  throw (ends[failed] as PromiseRejectedResult).reason
}

async function takeRow(steps: readonly Step[], run: Run): Promise<void> {
  for (const step of steps) {
    if (run.context.signal.aborted) throw interrupted(run.context.undertaking)
    await takeStep(step, run)
  }
}
