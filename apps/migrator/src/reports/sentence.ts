import { count, duration, plural } from './words.ts'
import type { ReportDocument, TableAccount } from './document.ts'

/** How a run ended: a word beside the colour, since not everybody sees colours. */
export const outcomeWords: Readonly<Record<ReportDocument['outcome'], string>> = {
  'deployed': 'Deployed',
  'rehearsed': 'Rehearsed',
  'archived': 'Archived',
  'up-to-date': 'Up to date',
  'refused': 'Refused',
  'failed': 'Failed',
}

/** A run's tone: the colour that goes with the word. */
export function toneOf({ outcome, exitCode }: Pick<ReportDocument, 'outcome' | 'exitCode'>): 'good' | 'fair' | 'bad' {
  if (outcome === 'failed' || exitCode === 5) return 'bad'
  return outcome === 'refused' ? 'fair' : 'good'
}

/** "3 → 10", "new → 10"; where nothing was published "3 (not 10)". */
export function versionChange({ version: { from, to }, exitCode }: Pick<ReportDocument, 'version' | 'exitCode'>): string {
  if (from === to || to === null) return `${from ?? 'none'}`
  return exitCode === 0 || exitCode === 5 ? `${from ?? 'new'} → ${to}` : `${from ?? 'none'} (not ${to})`
}

/** The one sentence for somebody who was woken up: is anything lost, and what now? */
export function summarySentence(document: ReportDocument): string {
  const { error, exitCode, writersHeldMs, outcome, command } = document
  if (error !== null) {
    const live = exitCode === 5 ? 'The new content is or may be live, and something has to be done by hand.' : 'The live database is as it was before.'
    return `${live} ${error.what}`
  }
  if (outcome === 'up-to-date') return 'Nothing was to be done.'
  const held = command === 'rehearse' ? 'nothing was published' : writersHeldMs > 0 ? `writers waited for ${duration(writersHeldMs)}` : 'no writer had to wait'
  return `${accountSentence(document)}; ${held}.`
}

function accountSentence({ figures, tables, version }: ReportDocument): string {
  if (version.from === null && tables.length === 0) return 'A new database was made'
  const [points, same] = [figures.before?.['total_points'], figures.after?.['total_points']]
  const rows = rowsSentence(tables)
  return points !== undefined && points === same ? `All ${plural(points, 'point')} are there: ${rows.charAt(0).toLowerCase()}${rows.slice(1)}` : rows
}

function rowsSentence(tables: readonly TableAccount[]): string {
  const sum = (of: (table: TableAccount) => number): number => tables.reduce((total, table) => total + of(table), 0)
  const [before, lost, quarantined, changed, added] = [sum((t) => t.before), sum((t) => t.lost), sum((t) => t.quarantined), sum((t) => t.changed), sum((t) => t.added)]
  const archived = sum((t) => t.archived ?? 0)
  const kept = before - lost - quarantined
  const apart = [
    ...(archived > 0 ? [`${count(archived)} of them in the archives`] : []),
    ...(quarantined > 0 ? [`${count(quarantined)} set aside in quarantine`] : []),
    ...(lost > 0 ? [`${count(lost)} removed as declared`] : []),
    ...(changed > 0 ? [`${count(changed)} changed as declared`] : []),
    ...(added > archived ? [`${count(added - archived)} new`] : []),
  ]
  const head = lost + quarantined === 0
    ? `${before === 1 ? 'The one row is' : `All ${plural(before, 'row')} of ${plural(tables.length, 'table')} are`} there`
    : `${count(kept)} of ${plural(before, 'row')} are there`
  return apart.length === 0 ? head : `${head}, ${apart.join(', ')}`
}

/** What running bots saw of it; empty where none has told. */
export function botSentence({ quietPause, bot }: Pick<ReportDocument, 'quietPause' | 'bot'>): string {
  if (bot === null) return ''
  const { queries: { count: asked, failed, slowest }, games, processes } = bot
  const waited = quietPause === null || quietPause.ms === 0 ? 'no answer had to wait' : `answers waited for ${duration(quietPause.ms)} at most`
  const smoke = failed.length > 0 ? `${count(failed.length)} of ${plural(asked, 'smoke query', 'smoke queries')} failed` : `all ${plural(asked, 'smoke query', 'smoke queries')} answer${slowest === null ? '' : `, the slowest in ${duration(slowest.ms)}`}`
  return [waited, smoke, ...(games > 0 ? [`${plural(games, 'game was', 'games were')} in play`] : []), ...(processes > 1 ? [`${count(processes)} processes saw it`] : [])].join('; ')
}
