import type { ReportDocument } from '../document.ts'
import { botSentence } from '../sentence.ts'
import { section } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** What a running bot saw: how long its players waited, and whether the new content answers. */
export function bot(document: ReportDocument): Markup | null {
  if (document.bot === null) return null
  const { failed, slowest } = document.bot.queries
  return section('bot', 'The running bot', `${sentenceCase(botSentence(document))}.`,
    failed.length === 0 ? null : html`<ul class="details">${failed.map(({ name, error }) => html`<li><b>${name}</b> failed: ${error}</li>`)}</ul>`,
    slowest === null ? null : html`<p class="soft">The slowest of its queries: ${slowest.name}.</p>`)
}

function sentenceCase(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
