import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf, messageOf } from '../errors.ts'
import { writeFileDurably } from '../files/durable.ts'
import { apply, makeFolder, ownershipOf } from '../files/permissions.ts'
import { withBotAccounts } from './bot-account.ts'
import { parseReport, type ReportDocument } from './document.ts'

/** A report in the folder. */
export interface Report {
  /** The JSON document. */
  readonly path: string
  /** The page beside it; null where somebody took it away. */
  readonly page: string | null
  readonly document: ReportDocument
}

/** A file in the folder that has a report's name and is none. */
export interface UnreadableReport {
  readonly path: string
  readonly why: string
}

const NAME = /^\d{8}T\d{9}Z\.json$/

/** Where a database's reports are: beside it. */
export function reportsFolder(database: string): string {
  return join(dirname(database), 'reports')
}

/**
 * Writes a report's document and page, for as many eyes as the database itself. The document comes last: a report
 * that was interrupted is none.
 *
 * @returns the paths of both
 * @throws the system's error, which must not fail a deploy: the caller makes a note of it
 */
export function writeReport(document: ReportDocument, html: string): { path: string; page: string } {
  const ownership = ownershipOf(document.database)
  const folder = reportsFolder(document.database)
  makeFolder(folder, ownership)
  const { path, page } = reserveName(folder, new Date(document.time))
  try {
    for (const [file, content] of [[page, html], [path, `${JSON.stringify(document, null, 2)}\n`]] as const) {
      writeFileDurably(file, content, ownership.mode)
      apply(ownership, file)
    }
  } catch (error) {
    for (const file of [page, path]) rmSync(file, { force: true })
    throw error
  }
  return { path, page }
}

/** A name from the time that no report has; the empty page keeps it from others that look for one just now. */
function reserveName(folder: string, now: Date): { path: string; page: string } {
  for (let time = now.getTime(); ; time++) {
    const name = join(folder, new Date(time).toISOString().replaceAll(/[-:.]/g, ''))
    const [path, page] = [`${name}.json`, `${name}.html`]
    if (existsSync(path)) continue
    try {
      closeSync(openSync(page, 'wx', 0o600))
      return { path, page }
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

/** The reports of a database, the newest first, and what could not be read; several databases may share a folder. */
export function listReports(folder: string, database: string, limit = Infinity): { reports: Report[]; unreadable: UnreadableReport[] } {
  const reports: Report[] = []
  const unreadable: UnreadableReport[] = []
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => NAME.test(name)).sort().reverse() : []
  for (const name of names) {
    if (reports.length >= limit) break
    const read = readReport(join(folder, name))
    if ('why' in read) unreadable.push(read)
    else if (read.document.database === database) reports.push(read)
  }
  return { reports, unreadable }
}

/** One report by the path of its document. */
export function readReport(path: string): Report | UnreadableReport {
  try {
    const parsed = parseReport(readFileSync(path, 'utf8'))
    if ('why' in parsed) return { path, why: parsed.why }
    const page = path.replace(/\.json$/, '.html')
    return { path, page: page !== path && existsSync(page) ? page : null, document: withBotAccounts(path, parsed.document) }
  } catch (error) {
    return { path, why: messageOf(error) }
  }
}

/** Writes a report's page again, which somebody took away or which does not tell all of it yet. */
export function rewritePage({ path, document }: Pick<Report, 'path' | 'document'>, html: string): string {
  const page = path.replace(/\.json$/, '.html')
  const ownership = ownershipOf(document.database)
  writeFileDurably(page, html, ownership.mode)
  apply(ownership, page)
  return page
}
