import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { withContent } from '../backups/content.ts'
import type { Backup } from '../backups/store.ts'
import type { ErrorReport } from '../errors.ts'
import type { Migration } from '../migrations/folder.ts'
import type { Context } from '../pipeline/context.ts'
import { copyPrivately } from '../pipeline/candidate.ts'
import { rehearsalPipeline } from '../pipeline/pipeline.ts'
import { resultOf } from '../pipeline/result.ts'
import { runPipeline } from '../pipeline/run.ts'
import { acceptedPath } from '../structure/accepted.ts'
import { makeSpecimen } from './specimen.ts'

/** How a deploy of a copy would have ended. */
export interface Rehearsal {
  /** What it was a copy of, for people. */
  readonly of: string
  readonly exitCode: number
  readonly version: { readonly from: number | null; readonly to: number | null }
  /** Rows of before that were accounted for. */
  readonly rows: number
  readonly notes: readonly string[]
  readonly error: ErrorReport | null
}

/** What a rehearsal needs beside the database that it is on. */
export type RehearsalContext = Pick<Context, 'now' | 'signal' | 'events' | 'runTask' | 'runPrisma'> & {
  readonly prismaDir: string
  readonly workDir: string
}

/** On a database of version 1, made on the spot: every migration, the new one last. */
export async function rehearseOnSpecimen(migrations: readonly Migration[], context: RehearsalContext): Promise<Rehearsal> {
  const [baseline] = migrations
  if (baseline === undefined) throw new Error('There is no migration to make the specimen from.')
  const database = join(folderFor('specimen', context), 'trivia.db')
  makeSpecimen(database, baseline)
  return await rehearse(database, 'a specimen of version 1', context)
}

/** Copies a backup, so that it can be opened to write; with what is accepted of its database's structure. */
export async function copyBackup(backup: Backup, database: string, context: Pick<RehearsalContext, 'workDir'>): Promise<string> {
  const copy = join(folderFor('backup', context), 'trivia.db')
  await withContent(backup.path, context.workDir, async ({ file, problems }) => {
    if (file === null) throw new Error(problems[0])
    copyPrivately(file, copy)
  })
  if (existsSync(acceptedPath(database))) copyFileSync(acceptedPath(database), acceptedPath(copy))
  return copy
}

/** A deploy that ends before it would publish. */
export async function rehearse(database: string, of: string, { prismaDir, now, signal, events, runTask, runPrisma }: RehearsalContext): Promise<Rehearsal> {
  const backupDir = `${database}-backups`
  mkdirSync(backupDir, { recursive: true })
  const settings = { database, backupDir, prismaDir }
  const options = { quarantine: false, legacyTimezone: 'UTC', maxHoldSeconds: 60 }
  const run = await runPipeline(rehearsalPipeline, { settings, options, undertaking: 'rehearsal', command: 'migrator new', now, signal, events, runTask, runPrisma })
  const { exitCode, version, preservation, notes, error } = resultOf(run, settings, 'rehearsed')
  const rows = Object.values(preservation).reduce((sum, table) => sum + table.before, 0)
  return { of, exitCode, version, rows, notes, error }
}

function folderFor(name: string, { workDir }: Pick<RehearsalContext, 'workDir'>): string {
  const folder = join(workDir, name)
  mkdirSync(folder)
  return folder
}
