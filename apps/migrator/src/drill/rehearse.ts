import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Context } from '../pipeline/context.ts'
import { rehearsalPipeline } from '../pipeline/pipeline.ts'
import { resultOf } from '../pipeline/result.ts'
import { runPipeline } from '../pipeline/run.ts'
import { runPrisma } from '../prisma/cli.ts'
import type { Settings } from '../settings.ts'
import { acceptedPath } from '../structure/accepted.ts'
import { runTask } from '../tasks/run-task.ts'

/**
 * Deploys a restored backup to the newest version, without publishing: an old backup is of use only if it can be
 * brought up to date.
 *
 * @returns what went wrong
 */
export async function rehearseDeploy(restored: string, { database, prismaDir }: Settings, { now, signal }: Pick<Context, 'now' | 'signal'>): Promise<string[]> {
  const settings = { database: restored, backupDir: join(dirname(restored), 'rehearsal'), prismaDir }
  mkdirSync(settings.backupDir)
  if (existsSync(acceptedPath(database))) copyFileSync(acceptedPath(database), acceptedPath(restored))
  const run = await runPipeline(rehearsalPipeline, {
    settings,
    options: { quarantine: false, legacyTimezone: 'UTC', maxHoldSeconds: 60 },
    undertaking: 'rehearsal',
    command: 'migrator backup drill',
    now,
    signal,
    events: { stepStarted: () => {}, progress: () => {}, stepEnded: () => {}, stepFailed: () => {} },
    runTask,
    runPrisma,
  })
  const { error } = resultOf(run, settings, 'rehearsed')
  return error === null ? [] : [`${error.code}: ${error.what} ${error.why}`, ...(error.details ?? [])]
}
