import { hostname } from 'node:os'
import { messageOf } from '../errors.ts'
import { collectFacts } from '../metrics/collect.ts'
import type { Facts } from '../metrics/facts.ts'
import { writeMetricsFile } from '../metrics/file.ts'
import { renderMetrics } from '../metrics/render.ts'
import { type EndedRun, recordRun, type RunRecord } from '../metrics/run-record.ts'
import { saveRun } from '../metrics/run-store.ts'
import { addSize } from '../metrics/sizes.ts'
import type { Settings } from '../settings.ts'
import { decide } from './decide.ts'
import { isMonitored } from './monitored.ts'
import { hasAlerts } from './outbox.ts'
import { raise, type Raised } from './raise.ts'
import { readReceiver } from './receiver.ts'
import { startDeliverer } from './start-deliverer.ts'
import { readThresholds } from './thresholds.ts'

/** How long the common queries may take together, for the metrics. */
const QUERY_BUDGET_MS = 300

/** What monitoring works with. */
export interface Monitoring {
  readonly settings: Settings
  /** Where metrics go; null where none are wanted. */
  readonly metricsFile: string | null
  readonly env: NodeJS.ProcessEnv
  /** What the operator should know, on stderr: monitoring changes neither exit code nor result. */
  readonly warn: (text: string) => void
}

/**
 * What is left to do when a command has ended and its result is printed: the metrics file, and alerts into the outbox,
 * from where a process of its own delivers them. It never throws.
 */
export async function afterCommand(monitoring: Monitoring, run: EndedRun): Promise<void> {
  if (!isMonitored(monitoring.metricsFile, monitoring.env)) return
  try {
    await tell(monitoring, run)
  } catch (error) {
    monitoring.warn(`Monitoring failed: ${messageOf(error)}.`)
  }
}

async function tell({ settings, metricsFile, env, warn }: Monitoring, run: EndedRun): Promise<void> {
  const { database } = settings
  const { thresholds, problems } = readThresholds(env)
  const { receiver, problems: ofReceiver } = readReceiver(env)
  for (const problem of [...problems, ...ofReceiver]) warn(problem)
  const attempt = <T>(what: string, action: () => T): T | null => {
    try {
      return action()
    } catch (error) {
      warn(`${what}: ${messageOf(error)}.`)
      return null
    }
  }
  // What cannot be remembered, on a full disk for one, can still be told.
  const record = attempt('Monitoring could not remember this run', () => saveRun(database, run)) ?? recordRun(run, null)
  const facts = withRun(collectFacts(settings, run.endedAt, metricsFile === null ? 0 : QUERY_BUDGET_MS), record)
  const raised = receiver === null ? nothingRaised : raise(decide(record, facts, thresholds), { database, host: hostname(), now: run.endedAt, repeatSeconds: thresholds.repeatSeconds })
  if (raised.problem !== null) warn(`Alerts could not be written down: ${raised.problem}.`)
  if (metricsFile !== null) {
    attempt(`The metrics file ${metricsFile} could not be written`, () => writeMetricsFile(metricsFile, renderMetrics(facts, thresholds), database))
  }
  const { file } = facts
  if (file !== null) attempt('Monitoring could not remember the size', () => addSize(database, { at: run.endedAt, bytes: file.bytes, walBytes: file.walBytes }))
  if (receiver === null) return
  if (raised.unsaved.length > 0 || hasAlerts(database)) {
    await startDeliverer({ database, env, unsaved: raised.unsaved, waitMs: thresholds.waitSeconds * 1000 })
  }
}

const nothingRaised: Raised = { posted: [], unsaved: [], problem: null }

function withRun(facts: Facts, record: RunRecord): Facts {
  return { ...facts, runs: [...facts.runs.filter((run) => run.command !== record.command), record] }
}
