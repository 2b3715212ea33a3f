import { diffLines } from '../line-diff.ts'
import { lineMeaning, sqlLines } from '../sql-lines.ts'
import type { ReportDocument, StructureChanges } from '../document.ts'
import { plural } from '../words.ts'
import { badge, code, section } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** What is new, gone or different in the structure. */
export function structure({ structure: changes }: ReportDocument): Markup | null {
  const { added, removed, changed } = changes
  if (added.length + removed.length + changed.length === 0) return null
  const lead = [
    ...(added.length > 0 ? [`${plural(added.length, 'object')} new`] : []),
    ...(removed.length > 0 ? [`${count(removed)} gone`] : []),
    ...(changed.length > 0 ? [`${count(changed)} different`] : []),
  ].join(', ')
  return section('structure', 'Structure', `${lead}.`,
    added.length + removed.length === 0 ? null : html`<ul class="objects">${[...added.map((each) => object('good', '+ new', each)), ...removed.map((each) => object('fair', '− gone', each))]}</ul>`,
    changed.map(difference))
}

function count(objects: readonly unknown[]): string {
  return String(objects.length)
}

function object(tone: 'good' | 'fair', word: string, { type, name }: { readonly type: string; readonly name: string }): Markup {
  return html`<li>${badge(tone, word)} ${type} ${code(name)}</li>
`
}

const WORDS = { ' ': null, '-': 'removed: ', '+': 'added: ' } as const
const TONES = { ' ': 'same', '-': 'minus', '+': 'plus' } as const

/** The SQL on both sides as one text, with marks as everybody knows them. */
function difference({ type, name, before, after }: StructureChanges['changed'][number]): Markup {
  const lines = diffLines(sqlLines(before), sqlLines(after), lineMeaning)
  return html`<h3>${type} ${code(name)}</h3>
<pre class="diff" tabindex="0">${lines.map(({ mark, text }) => html`<span class="${TONES[mark]}">${WORDS[mark] === null ? null : html`<span class="unseen">${WORDS[mark]}</span>`}<span aria-hidden="true">${mark} </span>${text}</span>`)}</pre>
`
}
