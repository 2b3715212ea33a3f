import type { ReportDocument } from '../document.ts'
import { count, plural, signed } from '../words.ts'
import { badge, block, code, fold, section, table, verdict } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** What lint has to say about the migrations of this run. */
export function lint({ lint: findings }: ReportDocument): Markup | null {
  if (findings.length === 0) return null
  const errors = findings.filter((each) => each.severity === 'error').length
  const lead = [...(errors > 0 ? [plural(errors, 'error')] : []), ...(findings.length > errors ? [plural(findings.length - errors, 'warning')] : [])].join(', ')
  const sorted = [...findings].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1))
  return section('lint', 'What lint says about the migrations', `${lead}. docs/lint tells the safe way for each rule.`, sorted.map((each) => html`<article class="finding">
<h3>${badge(each.severity === 'error' ? 'bad' : 'fair', each.severity)} ${each.rule}</h3>
<p class="soft">${code(`${each.migration}/migration.sql:${each.line}`)}</p>
<p>${each.message}</p>
${each.fix === null ? null : html`<p>Instead:</p>${block(each.fix)}`}
</article>
`))
}

/** Rows that were expected, and rows that came. */
export function forecasts({ forecasts: all }: ReportDocument): Markup | null {
  if (all.length === 0) return null
  const off = all.filter((each) => !each.ok).length
  return section('forecasts', 'Forecasts', off === 0 ? 'Every table has the rows that were expected.' : `${plural(off, 'table')} with another number of rows than expected.`,
    table('Rows expected and found', ['table', { number: 'expected' }, { number: 'found' }, { number: 'difference' }, 'as expected'],
      all.map((each) => [code(each.table), count(each.expected), count(each.actual), signed(each.actual - each.expected), verdict(each.ok)])))
}

/** The migrations' own queries, with the answers that they should have. */
export function verifications({ verifications: all }: ReportDocument): Markup | null {
  if (all.length === 0) return null
  const wrong = all.filter((each) => !each.ok).length
  return section('verifications', "The migrations' own checks", wrong === 0 ? `All ${plural(all.length, 'answer')} as expected.` : `${count(wrong)} of ${plural(all.length, 'answer')} not as expected.`,
    table('Queries and answers', ['check', 'when', 'expected', 'answer', 'as expected', 'migration'],
      all.map((each) => [each.name, each.when, code(each.expected), code(each.actual), verdict(each.ok), code(each.migration)])),
    fold('Their SQL', all.map((each) => html`<h3>${each.name}</h3>${block(each.sql)}`)))
}

/** The guide's testing checklist. */
export function checklist({ checklist: items }: ReportDocument): Markup | null {
  if (items === null || items.length === 0) return null
  return section('checklist', 'Testing checklist', null,
    html`<ul class="checklist">${items.map(({ text, ok }) => html`<li>${verdict(ok)} ${text}</li>
`)}</ul>`)
}

/** Figures of `validate` that are not 0 or not as before; the others are counted. */
export function figures({ figures: { before, after } }: ReportDocument): Markup | null {
  if (before === null && after === null) return null
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const told = names.filter((name) => (before?.[name] ?? 0) !== 0 || (after?.[name] ?? 0) !== 0)
  const quiet = names.length - told.length
  const shown = (side: Readonly<Record<string, number>> | null, name: string): string => (side?.[name] === undefined ? '–' : count(side[name]))
  const difference = (name: string): string => (before?.[name] === undefined || after?.[name] === undefined ? '–' : signed(after[name] - before[name]))
  return section('figures', "The data's figures and rules", quiet === 0 ? null : `${plural(quiet, 'other rule')} found no row, neither before nor after.`,
    told.length === 0 ? null : table('Figures before and after', ['figure', { number: 'before' }, { number: 'after' }, { number: 'difference' }],
      told.map((name) => [code(name), shown(before, name), shown(after, name), difference(name)])))
}
