import { type Content, html, type Markup } from './tag.ts'

/** A part of the page under its heading. */
export function section(id: string, title: string, lead: Content, ...content: readonly Content[]): Markup {
  return html`
<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${lead === null ? null : html`<p class="lead">${lead}</p>`}
${content}
</section>`
}

/** A column of a table: its heading, and whether it has numbers. */
export type Column = string | { readonly number: string }

/**
 * A table in a box of its own, in which it may be scrolled where it is too wide for a phone. The first cell of a row
 * is its heading.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  const kind = (index: number): string => (typeof columns[index] === 'object' ? 'number' : 'text')
  return html`
<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
<table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column, index) => html`<th scope="col" class="${kind(index)}">${typeof column === 'object' ? column.number : column}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map((cell, index) => (index === 0 ? html`<th scope="row" class="${kind(0)}">${cell}</th>` : html`<td class="${kind(index)}">${cell}</td>`))}</tr>
`)}</tbody>
</table>
</div>`
}

/** Something to open; on paper it is open. */
export function fold(title: string, ...content: readonly Content[]): Markup {
  return html`<details><summary>${title}</summary>${content}</details>`
}

/** A word with a colour. */
export function badge(tone: 'good' | 'fair' | 'bad' | 'plain', text: string): Markup {
  return html`<span class="badge ${tone}">${text}</span>`
}

/** Whether something held. */
export function verdict(ok: boolean): Markup {
  return ok ? badge('good', '✔ yes') : badge('bad', '✖ no')
}

/** SQL, a path, a name: whatever is not prose. */
export function code(text: string): Markup {
  return html`<code>${text}</code>`
}

/** SQL on lines of its own, which scroll. */
export function block(text: string): Markup {
  return html`<pre tabindex="0">${text}</pre>`
}

/** A command to type; it may be broken, since nobody copies what cannot be seen. */
export function command(text: string): Markup {
  return html`<pre class="command">${text}</pre>`
}

/** Meanings of colours, beside a picture. */
export function legend(entries: readonly (readonly [tone: string, text: string])[]): Markup {
  return html`<ul class="legend" aria-hidden="true">${entries.map(([tone, text]) => html`<li><svg width="12" height="12"><rect class="${tone}" width="12" height="12" rx="3"/></svg>${text}</li>`)}</ul>`
}

/** A share of a whole as SVG's percent, short. */
export function percent(part: number, whole: number): string {
  return `${whole <= 0 ? 0 : Math.round((part / whole) * 100_000) / 1000}%`
}
