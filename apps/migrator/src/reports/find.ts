import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { refuse } from '../errors.ts'
import { listReports, readReport, type Report, reportsFolder } from './store.ts'

/**
 * The report that a caller means: a path from where they stand or a name in the reports' folder, of the document or
 * the page, with or without its ending.
 *
 * @throws MigratorError REPORT_MISSING or REPORT_UNREADABLE (exit 3)
 */
export function findReport(file: string, database: string, cwd: string): Report {
  const folder = reportsFolder(database)
  const name = `${file.replace(/\.(json|html)$/, '')}.json`
  const path = [resolve(cwd, name), join(folder, name)].find((each) => existsSync(each))
  if (path === undefined) {
    throw refuse({
      code: 'REPORT_MISSING',
      what: `There is no report ${file}.`,
      why: `It is neither in ${cwd} nor in ${folder}.`,
      next: 'See which there are with "migrator history".',
    })
  }
  const read = readReport(path)
  if ('document' in read) return read
  throw refuse({
    code: 'REPORT_UNREADABLE',
    what: `${path} is not a report.`,
    why: `It cannot be read: ${read.why}.`,
    next: 'See which there are with "migrator history".',
  })
}

/**
 * The newest readable report of a database.
 *
 * @throws MigratorError REPORT_MISSING (exit 3)
 */
export function latestReport(database: string): Report {
  const folder = reportsFolder(database)
  const { reports: [newest], unreadable: [first] } = listReports(folder, database, 1)
  if (newest !== undefined) return newest
  throw refuse({
    code: 'REPORT_MISSING',
    what: `There is no report of ${database} yet.`,
    why: first === undefined ? `${folder} has none.` : `${folder} has none that can be read; ${first.path}: ${first.why}.`,
    next: 'Make one without touching the database: "migrator rehearse". Every deploy writes one, too.',
  })
}
