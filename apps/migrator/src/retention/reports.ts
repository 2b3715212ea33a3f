import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fsyncFolder } from '../files/durable.ts'
import { listReports, reportsFolder } from '../reports/store.ts'

/** All reports of the last so many days stay, */
const DAYS = 365
/** and whatever their age the newest so many. */
const NEWEST = 50

const DAY_MS = 24 * 60 * 60 * 1000
/** What a report's files begin with, and those that the bot leaves of its own beside them. */
const STAMP = /^\d{8}T\d{9}Z/
const BOTS = /^\d{8}T\d{9}Z.*\.bot\.json(?:\.partial)?$/

export interface ReportsPlan {
  /** How many reports stay. */
  readonly kept: number
  /** The files that go: of each report the document and all beside it. Documents come last: who is killed before leaves no page that nobody knows of. */
  readonly deleted: readonly string[]
}

/** Decides which of a database's reports go. Touches nothing; what cannot be read stays, and what is of another database. */
export function planReports(database: string, now: Date): ReportsPlan {
  const folder = reportsFolder(database)
  const { reports } = listReports(folder, database)
  const limit = now.getTime() - DAYS * DAY_MS
  const stays = reports.map(({ document }, index) => index < NEWEST || Date.parse(document.time) >= limit)
  const doomed = new Set(reports.filter((_, index) => stays[index] === false).map(({ path }) => stampOf(path)))
  const oldest = stampOf(reports.findLast((_, index) => stays[index])?.path ?? '')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  // The bot's own files of a time of which no report is left; of a younger time one may still come.
  const before = [oldest, new Date(limit).toISOString().replaceAll(/[-:.]/g, '')].sort()[0] ?? ''
  const isDocument = (name: string): boolean => name === `${stampOf(name)}.json`
  const documents = new Set(names.filter(isDocument).map(stampOf))
  const goes = (name: string): boolean => doomed.has(stampOf(name)) || (BOTS.test(name) && stampOf(name) < before && !documents.has(stampOf(name)))
  const files = names.filter(goes)
  return {
    kept: stays.filter(Boolean).length,
    deleted: [...files.filter((name) => !isDocument(name)), ...files.filter(isDocument)].map((name) => join(folder, name)),
  }
}

/** Removes them. Only under the deploy lock. */
export function pruneReports(database: string, now: Date): ReportsPlan {
  const plan = planReports(database, now)
  for (const path of plan.deleted) rmSync(path, { force: true })
  if (plan.deleted[0] !== undefined) fsyncFolder(plan.deleted[0])
  return plan
}

function stampOf(path: string): string {
  return STAMP.exec(basename(path))?.[0] ?? ''
}
