import { basename } from 'node:path'
import { EXIT } from '../errors.ts'
import { readJournal, workFolder } from '../pipeline/journal.ts'
import { listReports, reportsFolder } from '../reports/store.ts'
import type { Settings } from '../settings.ts'
import type { Facts } from './decide.ts'

/** What the rules have to know, from the reports of deploys and from what an unfinished one left. */
export function gatherFacts(settings: Settings, now: Date): Facts {
  const { database } = settings
  const journal = readJournal(workFolder(settings))
  const unfinished = [journal?.preBackup, journal?.publishing?.postBackup].flatMap((path) => (path ? [basename(path)] : []))
  return { now, database, deployedAt: newestDeploy(database), unfinished }
}

/** When the newest deploy ended that changed the database. */
function newestDeploy(database: string): string | null {
  const { reports } = listReports(reportsFolder(database), database)
  const newest = reports.find(({ document }) => document.command === 'deploy' && (document.outcome === 'deployed' || document.exitCode === EXIT.manual))
  return newest === undefined ? null : new Date(Date.parse(newest.document.time) + newest.document.ms).toISOString()
}
