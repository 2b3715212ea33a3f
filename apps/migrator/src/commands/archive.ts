import { olderThan } from '../archive/age.ts'
import { archivePipeline, archiveRehearsal } from '../archive/pipeline.ts'
import { assertDatabaseThere } from '../files/place.ts'
import { type DeployResult, refusedResult, resultOf } from '../pipeline/result.ts'
import { runPipeline } from '../pipeline/run.ts'
import { runPrisma } from '../prisma/cli.ts'
import { explain } from '../sqlite/explain.ts'
import { runTask } from '../tasks/run-task.ts'
import { progressFor } from '../terminal/progress-for.ts'
import { renderArchive } from '../terminal/render-archive.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { reported } from './reported.ts'

/** What `migrator archive` takes besides the common options. */
export interface ArchiveFlags {
  /** 30d, 12w, 6m, 2y or YYYY-MM-DD. */
  readonly olderThan: string
  readonly dryRun?: boolean
  readonly maxHold: number
}

/** `migrator archive`: moves old games and weekly rankings to their archive tables, or leaves all exactly as it was. */
export async function archive(input: CommandInput, flags: ArchiveFlags): Promise<CommandResult> {
  const { settings } = input
  const day = olderThan(flags.olderThan, input.now())
  let result: DeployResult
  try {
    assertDatabaseThere(settings.database)
    result = await runSteps(input, flags, day)
  } catch (error) {
    result = refusedResult(explain(error, settings.database), settings)
  }
  return {
    exitCode: result.exitCode,
    json: { ...result, olderThan: day, archived: archivedRows(result) },
    text: renderArchive(result, day, input),
    ...(result.error === null ? {} : { error: result.error }),
  }
}

async function runSteps(input: CommandInput, { dryRun = false, maxHold }: ArchiveFlags, day: string): Promise<DeployResult> {
  const { settings, signal, now, argv } = input
  const pipeline = dryRun ? archiveRehearsal(day) : archivePipeline(day)
  const progress = await progressFor(input, pipeline)
  const beganAt = now()
  const run = await runPipeline(pipeline, {
    settings,
    options: { quarantine: false, legacyTimezone: 'UTC', maxHoldSeconds: maxHold },
    undertaking: dryRun ? 'rehearsal' : 'archiving',
    command: `migrator ${argv.join(' ')}`,
    now,
    signal,
    events: progress.events,
    runTask,
    runPrisma,
  })
  await progress.end()
  const result = resultOf(run, settings, dryRun ? 'rehearsed' : 'archived')
  return dryRun ? result : reported(run, result, 'archive', beganAt)
}

function archivedRows({ preservation }: DeployResult): Record<string, number> {
  return Object.fromEntries(Object.entries(preservation).flatMap(([table, { archived }]) => (archived > 0 ? [[table, archived]] : [])))
}
