import { progressFor } from '../terminal/progress-for.ts'
import { renderDeploy } from '../terminal/render-deploy.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { reported } from './reported.ts'
import { answerUpToDate } from '../pipeline/up-to-date.ts'
import { refusedResult, resultOf, type DeployResult } from '../pipeline/result.ts'
import { noSteps } from '../pipeline/no-steps.ts'
import { explain } from '../sqlite/explain.ts'

export interface DeployFlags {
  readonly quarantine?: boolean
  readonly legacyTimezone: string
  readonly maxHold: number
}

/** `migrator deploy`: brings the database to the newest version, or leaves it exactly as it was. */
export async function deploy(input: CommandInput, flags: DeployFlags): Promise<CommandResult> {
  return runDeploy(input, flags, 'deployed')
}

/** `migrator rehearse`: a deploy that ends before it would change anything. */
export async function rehearse(input: CommandInput, flags: DeployFlags): Promise<CommandResult> {
  return runDeploy(input, flags, 'rehearsed')
}

async function runDeploy(input: CommandInput, flags: DeployFlags, done: 'deployed' | 'rehearsed'): Promise<CommandResult> {
  const { settings } = input
  let result: DeployResult
  try {
    const found = await answerUpToDate(settings)
    if (found !== null) {
      const state = { round: 1, notes: [], upToDate: true, preflight: found }
      result = resultOf({ ...noSteps, state, error: undefined }, settings, done)
    } else {
      result = await runSteps(input, flags, done)
    }
  } catch (error) {
    result = refusedResult(explain(error, settings.database), settings)
  }
  return {
    exitCode: result.exitCode,
    json: result,
    text: renderDeploy(result, done, input),
    ...(result.error === null ? {} : { error: result.error }),
  }
}

async function runSteps(input: CommandInput, flags: DeployFlags, done: 'deployed' | 'rehearsed'): Promise<DeployResult> {
  const { settings, signal, now, argv } = input
  const [{ deployPipeline, rehearsalPipeline }, { runPipeline }, { runTask }, { runPrisma }, { LocalTimeReader }] = await Promise.all([
    import('../pipeline/pipeline.ts'),
    import('../pipeline/run.ts'),
    import('../tasks/run-task.ts'),
    import('../prisma/cli.ts'),
    import('../adoption/local-time.ts'),
  ])
  new LocalTimeReader(flags.legacyTimezone)
  const pipeline = done === 'deployed' ? deployPipeline : rehearsalPipeline
  const progress = await progressFor(input, pipeline)
  const beganAt = now()
  const run = await runPipeline(pipeline, {
    settings,
    options: { quarantine: flags.quarantine === true, legacyTimezone: flags.legacyTimezone, maxHoldSeconds: flags.maxHold },
    undertaking: done === 'deployed' ? 'deploy' : 'rehearsal',
    command: `migrator ${argv.join(' ')}`,
    now,
    signal,
    events: progress.events,
    runTask,
    runPrisma,
  })
  await progress.end()
  return reported(run, resultOf(run, settings, done), done === 'deployed' ? 'deploy' : 'rehearse', beganAt)
}
