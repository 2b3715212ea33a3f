import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeMonitoringFolder, monitoringFolder, writeMonitoringFile } from './folder.ts'
import { type EndedRun, parseRecord, recordRun, type RunRecord } from './run-record.ts'

const FOLDER = 'runs'

/** The last run of each command on a database. */
export function readRuns(database: string): RunRecord[] {
  const folder = join(monitoringFolder(database), FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder).filter((name) => name.endsWith('.json')).sort().flatMap((name) => readRun(join(folder, name)) ?? [])
}

/**
 * Writes down how a run ended. Each command has a file of its own: a backup and a deploy that end in the same moment
 * do not overwrite each other.
 *
 * @throws the system's error
 */
export function saveRun(database: string, run: EndedRun): RunRecord {
  const path = join(makeMonitoringFolder(database, FOLDER), `${run.command.replaceAll(/\W+/g, '-')}.json`)
  const record = recordRun(run, readRun(path))
  writeMonitoringFile(database, path, `${JSON.stringify(record)}\n`)
  return record
}

function readRun(path: string): RunRecord | null {
  try {
    return parseRecord(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
