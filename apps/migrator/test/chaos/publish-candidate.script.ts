// A deploy that does not migrate: it takes a candidate that was proven before, and publishes it by the steps of a
// real one. So a publish can be tried hundreds of times, each in a fraction of the time that Prisma takes.
import { copyFileSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { readMigrations } from '../../src/migrations/folder.ts'
import type { Context } from '../../src/pipeline/context.ts'
import { resultOf } from '../../src/pipeline/result.ts'
import { runPipeline } from '../../src/pipeline/run.ts'
import { need, type State } from '../../src/pipeline/state.ts'
import type { Step } from '../../src/pipeline/steps.ts'
import { resolveSettings } from '../../src/settings.ts'
import { explain } from '../../src/sqlite/explain.ts'
import { backup } from '../../src/steps/backup.ts'
import { lock } from '../../src/steps/lock.ts'
import { preflight } from '../../src/steps/preflight.ts'
import { publish } from '../../src/steps/publish.ts'
import { recover } from '../../src/steps/recover.ts'
import { report } from '../../src/steps/report.ts'
import { snapshot } from '../../src/steps/snapshot.ts'

module.enableCompileCache()
const [database = '', proven = ''] = process.argv.slice(2)
const settings = resolveSettings({ database }, {}, process.cwd())

const takeProven: Step = {
  name: 'migrate',
  run: (_context, state) => {
    const path = join(need(state as State, 'workDir'), 'candidate.db')
    copyFileSync(proven, path)
    const applied = readMigrations(settings.prismaDir).map((migration) => migration.name)
    return Promise.resolve({
      candidate: { path, applied, stages: [], adoption: null, quarantined: {}, extras: { kept: [], leftOut: [] }, completedIndexes: [] },
      // What verify said of it when it was proven.
      certificate: { preservation: [], inspection: { era: 'current', figures: {}, findings: [] }, plans: [], expectations: { queries: [], forecasts: [], problems: [] }, toAccept: [] },
      summary: 'a candidate that was proven before',
    })
  },
}

const notNeeded = (): Promise<never> => Promise.reject(new Error('A publish needs neither Prisma nor the checks.'))
const context: Context = {
  settings,
  options: { quarantine: false, legacyTimezone: 'UTC', maxHoldSeconds: Number(process.env.MAX_HOLD ?? 60) },
  undertaking: 'deploy',
  command: 'publish',
  now: () => new Date(),
  signal: new AbortController().signal,
  events: { stepStarted: () => {}, progress: () => {}, stepEnded: () => {}, stepFailed: () => {} },
  runTask: notNeeded,
  runPrisma: notNeeded,
}
const run = await runPipeline([lock, recover, preflight, snapshot, takeProven, publish, backup, report], context)
const result = resultOf(run.error === undefined ? run : { ...run, error: explain(run.error, settings.database) }, settings, 'deployed')
process.stdout.write(JSON.stringify(result))
process.exitCode = result.exitCode
