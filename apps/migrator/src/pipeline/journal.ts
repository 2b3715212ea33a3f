import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileDurably } from '../files/durable.ts'
import type { Settings } from '../settings.ts'

/** What a deploy leaves for the one that finds it killed. */
export interface Journal {
  readonly startedAt: string
  /** The pre-migration backup of the present round. */
  readonly preBackup: string | null
  /** Set when publishing begins. */
  readonly publishing: {
    readonly candidate: string
    readonly ledgerIds: readonly string[]
    /** Of an archiving: its row of archive_runs. */
    readonly archiveRun?: string
    /** What the candidate is to be called as the post-migration backup; it may have that name already. */
    readonly postBackup: string
  } | null
}

/** The folder in which a deploy works; on the backups' file system, so that the candidate becomes a backup by a rename. */
export function workFolder({ database, backupDir }: Settings): string {
  const id = createHash('sha256').update(database).digest('hex').slice(0, 8)
  return join(backupDir, `.deploy-${id}`)
}

export function writeJournal(workDir: string, journal: Journal): void {
  writeFileDurably(journalPath(workDir), `${JSON.stringify(journal)}\n`, 0o600)
}

/** The journal of a deploy that did not end; null where it had not got far enough to write one. */
export function readJournal(workDir: string): Journal | null {
  if (!existsSync(journalPath(workDir))) return null
  try {
    return JSON.parse(readFileSync(journalPath(workDir), 'utf8')) as Journal
  } catch {
    return null
  }
}

function journalPath(workDir: string): string {
  return join(workDir, 'journal.json')
}
