import type { ReportDocument, TableAccount } from '../document.ts'
import { count, plural, signed } from '../words.ts'
import { badge, code, fold, legend, percent, section, table } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** Every table before and after: as bars, where something happened, and in numbers. */
export function tables({ tables: all, outcome, exitCode }: ReportDocument): Markup | null {
  if (all.length === 0) return null
  const touched = all.filter(isTouched).sort((a, b) => b.lost - a.lost || b.quarantined - a.quarantined || archivedOf(b) - archivedOf(a) || b.changed - a.changed || b.added - a.added)
  const untouched = all.filter((each) => !isTouched(each))
  const published = outcome === 'deployed' || outcome === 'archived' || exitCode === 5
  const lead = `${published ? '' : 'This is the copy, which was not published. '}Every row was matched by its primary key and compared column by column. ${touched.length === 0 ? `Nothing changed in ${plural(all.length, 'table')}.` : `Something happened in ${count(touched.length)} of ${plural(all.length, 'table')}.`}`
  return section('rows', 'Tables before and after', lead,
    touched.length === 0 ? null : html`<figure>
${legend([['kept', 'kept'], ['changed', 'changed'], ['added', 'added'], ['lost', 'lost'], ['quarantined', 'in quarantine'], ...(all.some(archivedOf) ? [['archived', 'in the archive'] as const] : [])])}
<div class="accounts">${touched.map(picture)}</div>
</figure>`,
    touched.length === 0 ? null : numbers('What happened, in rows', touched),
    touched.some((each) => explanations(each).length > 0) ? html`<h3>Changed columns, and what is declared</h3><dl class="facts">${touched.filter((each) => explanations(each).length > 0).map(explained)}</dl>` : null,
    untouched.length === 0 ? null : fold(`${plural(untouched.length, 'table')} without any change`, numbers('Tables without any change', untouched)))
}

function isTouched(account: TableAccount): boolean {
  const { lost, added, changed, quarantined, gone } = account
  return gone || lost + added + changed + quarantined + archivedOf(account) > 0
}

function archivedOf({ archived = 0 }: TableAccount): number {
  return archived
}

type Segment = readonly [tone: string, rows: number]

/** Two bars, each as long as the table has rows; the whole width is the larger of them. */
function picture(account: TableAccount): Markup {
  const { table: name, before, after, lost, added, changed, quarantined, gone } = account
  const archived = archivedOf(account)
  const was: Segment[] = [['kept', before - lost - quarantined - archived - changed], ['changed', changed], ['archived', archived], ['quarantined', quarantined], ['lost', lost]]
  const is: Segment[] = [['kept', after - added - changed], ['changed', changed], ['added', added]]
  const most = Math.max(before, after, 1)
  const words = [
    ...(changed > 0 ? [`${count(changed)} changed`] : []), ...(added > 0 ? [`${count(added)} added`] : []),
    ...(lost > 0 ? [`${count(lost)} lost`] : []), ...(quarantined > 0 ? [`${count(quarantined)} in quarantine`] : []),
    ...(archived > 0 ? [`${count(archived)} in the archive`] : []),
  ].join(', ')
  return html`<div class="account">
<p class="name">${code(name)} ${gone ? badge('fair', 'table dropped') : null} <span class="soft">${words}</span></p>
${bar('before', was, most)}
${bar('after', is, most)}
</div>
`
}

function bar(when: string, segments: readonly Segment[], most: number): Markup {
  const total = segments.reduce((sum, [, rows]) => sum + Math.max(rows, 0), 0)
  const drawn = place(segments, most).map(([tone, x, width]) => html`<rect class="${tone}" x="${percent(x, most)}" y="0" width="${percent(width, most)}" height="16"/>`)
  const title = `${when}: ${plural(total, 'row')}${segments.filter(([, rows]) => rows > 0).map(([tone, rows]) => `, ${count(rows)} ${tone}`).join('')}`
  return html`<div class="bar"><span>${when}</span><svg width="100%" height="16" role="img" aria-label="${title}"><title>${title}</title><rect class="track" width="100%" height="16" rx="3"/>${drawn}</svg><span class="number">${count(total)}</span></div>
`
}

/** Where the segments stand. A single row among a million has to be seen: what the small ones gain, the largest gives. */
function place(segments: readonly Segment[], most: number): (readonly [tone: string, x: number, width: number])[] {
  const there = segments.filter(([, rows]) => rows > 0)
  const wide = there.map(([, rows]) => Math.max(rows, most * 0.008))
  const tooMuch = Math.max(0, wide.reduce((sum, width) => sum + width, 0) - there.reduce((sum, [, rows]) => sum + rows, 0))
  const largest = wide.indexOf(Math.max(...wide))
  let x = 0
  return there.map(([tone], index) => {
    const width = (wide[index] ?? 0) - (index === largest && there.length > 1 ? tooMuch : 0)
    x += width
    return [tone, x - width, width]
  })
}

function numbers(caption: string, accounts: readonly TableAccount[]): Markup {
  const some = (number: number): Markup | string => (number === 0 ? html`<span class="soft">0</span>` : count(number))
  const withArchive = accounts.some(archivedOf)
  return table(caption,
    ['table', { number: 'before' }, { number: 'after' }, { number: 'difference' }, { number: 'lost' }, { number: 'added' }, { number: 'changed' }, { number: 'in quarantine' }, ...(withArchive ? [{ number: 'in the archive' }] : [])],
    accounts.map((each) => [code(each.table), count(each.before), count(each.after), signed(each.after - each.before), some(each.lost), some(each.added), some(each.changed), some(each.quarantined), ...(withArchive ? [some(archivedOf(each))] : [])]))
}

function explanations({ changedColumns, declaration, byMigration = [] }: TableAccount): Markup[] {
  const columns = Object.entries(changedColumns).sort(([, a], [, b]) => b - a)
  return [
    ...(columns.length === 0 ? [] : [html`<dd>changed: ${columns.map(([column, rows], index) => html`${index === 0 ? null : ', '}${code(column)} in ${plural(rows, 'row')}`)}</dd>`]),
    ...byMigration.map((each) => html`<dd>by ${code(each.migration)}: ${count(each.lost)} lost, ${count(each.added)} added, ${count(each.changed)} changed</dd>`),
    ...(declaration === null ? [] : [html`<dd>declared: ${code(declaration)}</dd>`]),
  ]
}

function explained(account: TableAccount): Markup {
  return html`<div><dt>${code(account.table)}</dt>${explanations(account)}</div>
`
}
