import { type Checklist, checklistTexts } from '../pipeline/checklist.ts'
import type { DeployResult } from '../pipeline/result.ts'
import { countOf, indent, shortPath } from './describe.ts'
import { paint, renderDuration, renderTable, type Terminal } from './output.ts'


/** What the text depends on beside the result. */
export interface RenderOptions {
  readonly terminal: Terminal
  readonly cwd: string
  readonly quiet: boolean
}

/** A deploy's or rehearsal's end, for people. */
export function renderDeploy(result: DeployResult, done: 'deployed' | 'rehearsed', { terminal, cwd, quiet }: RenderOptions): string {
  if (result.error !== null) return ''
  const name = shortPath(result.database, cwd)
  const { from, to } = result.version
  const ok = paint(terminal.stdout, 'green', '✔')
  if (result.outcome === 'up-to-date') return `${ok} ${name} is up to date (version ${to}).`
  const head = done === 'deployed'
    ? `${ok} ${name} is at version ${to}${from === null ? '' : ` (it was at ${from})`}: ${countOf(result.applied.length, 'migration')} in ${renderDuration(result.ms)}.`
    : `${ok} A deploy of ${name} to version ${to} would work (rehearsed in ${renderDuration(result.ms)}; nothing was changed).`
  if (quiet) return head
  const tables = Object.entries(result.preservation)
  const parts = [`\n${head}`]
  if (tables.length > 0) {
    const rows = tables.map(([table, row]) => [table, row.before, row.after, row.lost, row.added, row.changed, row.quarantined])
    parts.push(indent(renderTable(['table', 'before', 'after', 'lost', 'added', 'changed', 'quarantined'], rows)))
  }
  if (result.checklist !== null) {
    const { checklist } = result
    const items = Object.entries(checklistTexts) as [keyof Checklist, string][]
    parts.push(items.map(([item, text]) => `  ${checklist[item] ? ok : paint(terminal.stdout, 'red', '✖')} ${text}`).join('\n'))
  }
  if (result.notes.length > 0) parts.push(result.notes.map((note) => `  • ${note}`).join('\n'))
  const backups = [['before', result.backups.pre], ['after', result.backups.post]].filter(([, path]) => path !== null)
  if (backups.length > 0) parts.push(backups.map(([when, path]) => `  backup ${when}: ${shortPath(path ?? '', cwd)}`).join('\n'))
  if (result.report !== null) parts.push(`  report: ${shortPath(result.report.replace(/json$/, 'html'), cwd)}`)
  return parts.join('\n\n')
}
