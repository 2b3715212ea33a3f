import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { readManifest, writeManifest } from '../backups/manifest.ts'
import { lookAt } from '../backups/create.ts'
import { removeBackup } from '../backups/store.ts'
import { renameDurably } from '../files/durable.ts'
import { apply, makeFolder, type Ownership } from '../files/permissions.ts'
import type { Context } from '../pipeline/context.ts'
import { type Journal, readJournal, workFolder } from '../pipeline/journal.ts'
import { bearsMark } from '../pipeline/publish-mark.ts'
import { need, type State } from '../pipeline/state.ts'
import type { Step } from '../pipeline/steps.ts'
import { newFilePath } from '../sqlite/new-file.ts'
import { openLive } from '../sqlite/open-live.ts'

/**
 * Cleans up what a killed deploy left behind. The live file is wholly old or wholly new, whenever it was killed:
 * if it is new, what was left to do after the publish is done now.
 */
export const recover: Step = {
  name: 'recover',
  run: async (context, state) => {
    const workDir = workFolder(context.settings)
    const remarks = existsSync(workDir) ? [await recoverFrom(workDir, context, state)] : []
    rmSync(newFilePath(context.settings.database), { force: true })
    makeFolder(context.settings.backupDir, need(state as State, 'ownership'))
    mkdirSync(workDir, { mode: 0o700 })
    return { workDir, remarks, summary: remarks[0] ?? 'nothing was left behind' }
  },
}

async function recoverFrom(workDir: string, context: Context, state: Readonly<State>): Promise<string> {
  const journal = readJournal(workDir)
  const remark = journal !== null && isPublished(journal, context) ? await finish(journal, context, state) : giveUp(journal)
  rmSync(workDir, { recursive: true, force: true })
  return remark
}

function isPublished(journal: Journal, { settings }: Context): boolean {
  if (journal.publishing === null || !existsSync(settings.database)) return false
  const live = openLive(settings.database)
  try {
    return bearsMark(live.connection, journal.publishing)
  } finally {
    live.close()
  }
}

async function finish(journal: Journal, { settings, now }: Context, state: Readonly<State>): Promise<string> {
  const live = openLive(settings.database)
  try {
    await live.useWal(1000)
    live.settle()
  } finally {
    live.close()
  }
  if (journal.publishing !== null) await finishBackup(journal.publishing, settings.database, now, need(state as State, 'ownership'))
  return `a deploy begun at ${journal.startedAt} was killed after it had published: finished it`
}

/** The post-migration backup is the candidate, which may have become one already, but for its manifest. */
async function finishBackup({ candidate, postBackup: path }: NonNullable<Journal['publishing']>, database: string, now: () => Date, ownership: Ownership): Promise<void> {
  const file = existsSync(candidate) ? candidate : path
  if (!existsSync(file) || readManifest(file) !== null) return
  const { problems, figures } = await lookAt(file)
  if (problems.length > 0) return
  if (file === candidate) {
    apply(ownership, candidate)
    renameDurably(candidate, path)
  }
  await writeManifest(path, { type: 'post_migration', createdAt: now().toISOString(), database, problems, figures }, ownership)
}

function giveUp(journal: Journal | null): string {
  if (journal?.preBackup) removeBackup(journal.preBackup)
  return `a deploy${journal === null ? '' : ` begun at ${journal.startedAt}`} was killed before it had published: removed its traces`
}
