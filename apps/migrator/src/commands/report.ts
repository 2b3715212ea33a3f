import { readFileSync } from 'node:fs'
import { renderReport } from '../reports/html/page.ts'
import type { ReportDocument } from '../reports/document.ts'
import { findReport, latestReport } from '../reports/find.ts'
import { openPage } from '../reports/open-page.ts'
import { botSentence, outcomeWords, summarySentence, toneOf, versionChange } from '../reports/sentence.ts'
import { type Report, rewritePage } from '../reports/store.ts'
import { duration, moment, plural } from '../reports/words.ts'
import { shortPath } from '../terminal/describe.ts'
import { paint, type Terminal } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { EXIT, usage } from '../errors.ts'
import { explain } from '../sqlite/explain.ts'

/** What `migrator report` takes besides the common options. */
export interface ReportFlags {
  readonly file: string | undefined
  readonly latest: boolean
  /** Show the page in the default browser. */
  readonly open: boolean
}

/** `migrator report [FILE|--latest] [--open]`: a past deploy or rehearsal in short, and where its page is. The newest by default. */
export async function report({ settings: { database }, cwd, terminal }: CommandInput, { file, latest, open }: ReportFlags): Promise<CommandResult> {
  if (file !== undefined && latest) {
    throw usage({
      code: 'WRONG_USAGE',
      what: 'FILE and --latest exclude each other.',
      why: 'report shows one report.',
      next: 'See "migrator history", then "migrator report FILE" or "migrator report".',
    })
  }
  const found = file === undefined ? latestReport(database) : findReport(file, database, cwd)
  const page = pageOf(found, open)
  const opened = open && page !== null && (await openPage(page, process.platform, terminal.env))
  const text = [
    ...renderSummary(found.document, shortPath(found.document.database, cwd), terminal),
    '',
    `  page: ${page === null ? 'it is gone; --open makes it again' : shortPath(page, cwd)}${opened ? ' (opened in the browser)' : ''}`,
    `  JSON: ${shortPath(found.path, cwd)}`,
    ...(open && !opened ? ['  There is no desktop here that could show it: open the page where there is one.'] : []),
  ].join('\n')
  return { exitCode: EXIT.ok, text, json: found.document }
}

/** The page, made again where it is gone and wanted, or where it does not tell yet what a bot has told since. */
function pageOf({ path, page, document }: Report, wanted: boolean): string | null {
  if (page === null && !wanted) return null
  try {
    const html = page !== null && document.bot === null ? null : renderReport(document)
    return html === null || (page !== null && readFileSync(page, 'utf8') === html) ? page : rewritePage({ path, document }, html)
  } catch (error) {
    // Somebody who may only read has a page all the same.
    if (page !== null) return page
    throw explain(error, document.database)
  }
}

function renderSummary(document: ReportDocument, name: string, { stdout }: Terminal): string[] {
  const { command, outcome, time, applied, ms, error, notes, plans, forecasts, verifications, bot } = document
  const good = toneOf(document) === 'good'
  const head = `${outcomeWords[outcome]}: ${name} (${command}, ${moment(time)})`
  const odd = [
    ...plans.filter((each) => each.worse).map((each) => `the query "${each.name}" goes through a whole table now`),
    ...forecasts.filter((each) => !each.ok).map((each) => `${each.table} has ${plural(each.actual, 'row')}, ${each.expected} were expected`),
    ...verifications.filter((each) => !each.ok).map((each) => `${each.name} answered ${each.actual}, expected ${each.expected}`),
    ...notes,
  ]
  return [
    `${paint(stdout, good ? 'green' : 'red', good ? '✔' : '✖')} ${head}`,
    `  ${summarySentence(document)}`,
    `  version ${versionChange(document)}, ${plural(applied.length, 'migration')}, ${duration(ms)}`,
    ...(error === null ? [] : [`  ${error.code}: ${error.why}`, `  Next: ${error.next}`]),
    ...(bot === null ? [] : [`  the bot: ${botSentence(document)}`]),
    ...(bot?.queries.failed ?? []).map((each) => `  ✖ the bot's query "${each.name}" failed: ${each.error}`),
    ...odd.map((each) => `  • ${each}`),
  ]
}
