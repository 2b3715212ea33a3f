import type { DeployResult } from '../pipeline/result.ts'
import { countOf, indent, shortPath } from './describe.ts'
import { paint, renderDuration, renderTable } from './output.ts'
import type { RenderOptions } from './render-deploy.ts'

/** An archiving's end, for people. */
export function renderArchive(result: DeployResult, day: string, { terminal, cwd, quiet }: RenderOptions): string {
  if (result.error !== null) return ''
  const name = shortPath(result.database, cwd)
  const ok = paint(terminal.stdout, 'green', '✔')
  if (result.outcome === 'up-to-date') return `${ok} There is nothing to archive in ${name}: no ended game and no week is older than ${day}.`
  const tables = Object.entries(result.preservation).filter(([, row]) => row.archived > 0)
  const rows = countOf(tables.reduce((sum, [, row]) => sum + row.archived, 0), 'row')
  const head = result.outcome === 'archived'
    ? `${ok} ${rows} of ${name} older than ${day} moved to the archives in ${renderDuration(result.ms)}.`
    : `${ok} ${rows} of ${name} older than ${day} would move to the archives (tried on a copy in ${renderDuration(result.ms)}; nothing was changed).`
  if (quiet) return head
  const backups = [['before', result.backups.pre], ['after', result.backups.post]].filter(([, path]) => path !== null)
  return [
    `\n${head}`,
    ...(tables.length === 0 ? [] : [indent(renderTable(['table', 'before', 'after', 'archived'], tables.map(([table, row]) => [table, row.before, row.after, row.archived])))]),
    ...(result.notes.length === 0 ? [] : [result.notes.map((note) => `  • ${note}`).join('\n')]),
    ...(backups.length === 0 ? [] : [backups.map(([when, path]) => `  backup ${when}: ${shortPath(path ?? '', cwd)}`).join('\n')]),
    ...(result.report === null ? [] : [`  report: ${shortPath(result.report.replace(/json$/, 'html'), cwd)}`]),
  ].join('\n\n')
}
