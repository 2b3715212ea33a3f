import { basename } from 'node:path'
import { EXIT } from '../errors.ts'
import { readJournal, workFolder } from '../pipeline/journal.ts'
import { listReports, reportsFolder } from '../reports/store.ts'
import type { Settings } from '../settings.ts'
import type { Facts } from './decide.ts'

/** What the rules have to know, from the reports of deploys and archivings and from what an unfinished one left. */
export function gatherFacts(settings: Settings, now: Date): Facts {
  const { database } = settings
  const journal = readJournal(workFolder(settings))
  const unfinished = [journal?.preBackup, journal?.publishing?.postBackup].flatMap((path) => (path ? [basename(path)] : []))
  return { now, database, lastChange: lastChange(database), unfinished }
}

/** The newest deploy or archiving that changed the database, or may have; a rehearsal never does. */
function lastChange(database: string): Facts['lastChange'] {
  const { reports } = listReports(reportsFolder(database), database)
  const newest = reports.find(({ document: { command, outcome, exitCode } }) => command !== 'rehearse' && (outcome === 'deployed' || outcome === 'archived' || exitCode === EXIT.manual))
  if (newest === undefined) return null
  const { command, time, ms } = newest.document
  return { by: command === 'archive' ? 'archiving' : 'deploy', at: new Date(Date.parse(time) + ms).toISOString() }
}
