import { listReports, type Report, reportsFolder } from '../reports/store.ts'
import { outcomeWords, toneOf, versionChange } from '../reports/sentence.ts'
import { duration, moment } from '../reports/words.ts'
import { countOf, indent, shortPath } from '../terminal/describe.ts'
import { renderTable } from '../terminal/output.ts'
import type { CommandInput, CommandResult } from './command.ts'
import { EXIT } from '../errors.ts'

/** What `migrator history` takes besides the common options. */
export interface HistoryFlags {
  /** At most so many, the newest ones. */
  readonly limit: number
}

/** `migrator history`: past deploys and rehearsals of the database, the newest first. */
export function history({ settings: { database }, cwd }: CommandInput, { limit }: HistoryFlags): Promise<CommandResult> {
  const folder = reportsFolder(database)
  const { reports, unreadable } = listReports(folder, database, limit)
  const text = [
    reports.length === 0
      ? `There are no reports of ${shortPath(database, cwd)} yet. "migrator rehearse" makes one without touching the database; every deploy writes one, too.`
      : `${shortPath(folder, cwd)}:\n${indent(renderReports(reports, cwd))}`,
    ...unreadable.map(({ path, why }) => `  ✖ ${shortPath(path, cwd)} cannot be read: ${why}`),
    ...(reports.length === limit ? [`  These are the newest ${countOf(limit, 'report')}; --limit N shows more.`] : []),
  ].join('\n')
  return Promise.resolve({ exitCode: EXIT.ok, text, json: { exitCode: EXIT.ok, database, folder, reports: reports.map(summary), unreadable } })
}

/** What the list says of a report; the rest is in its document. */
function summary({ path, page, document }: Report): object {
  const { time, command, outcome, exitCode, version, applied, ms, rounds, writersHeldMs, quietPause, error } = document
  return { time, command, outcome, exitCode, version, applied, ms, rounds, writersHeldMs, quietPause, error: error?.code ?? null, path, page }
}

function renderReports(reports: readonly Report[], cwd: string): string {
  const longest = Math.max(...reports.map(({ document }) => document.ms), 1)
  return renderTable(['when', 'what', '', 'outcome', 'version', 'took', '', 'writers held', 'answers waited', 'page'], reports.map(({ path, page, document }) => [
    moment(document.time),
    document.command,
    toneOf(document) === 'good' ? '✔' : '✖',
    `${outcomeWords[document.outcome].toLowerCase()}${document.error === null ? '' : ` (${document.error.code})`}`,
    versionChange(document),
    duration(document.ms),
    bar(document.ms / longest),
    document.writersHeldMs === 0 ? '' : duration(document.writersHeldMs),
    document.quietPause === null ? '' : duration(document.quietPause.ms),
    shortPath(page ?? path, cwd),
  ]))
}

const WIDTH = 10
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const

/** A share, 0 to 1, as a bar that is precise to an eighth of a character. */
function bar(share: number): string {
  const eighths = Math.max(1, Math.round(share * WIDTH * 8))
  return `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8] ?? ''}`
}
