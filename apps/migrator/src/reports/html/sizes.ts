import type { ReportDocument, Sizes } from '../document.ts'
import { count, size } from '../words.ts'
import { legend, percent, section, table } from './elements.ts'
import { html, type Markup } from './tag.ts'

interface File {
  readonly name: string
  readonly bytes: number
  /** Bytes of pages that hold nothing. */
  readonly free: number
}

/** The sizes of the database and its backups as bars, with the part that holds nothing. */
export function sizes({ sizes: measured }: ReportDocument): Markup | null {
  const files = filesOf(measured)
  if (files.length === 0) return null
  const most = Math.max(...files.map((each) => each.bytes), 1)
  const { freePagesBefore: was, freePagesAfter: is, pagesBefore, pagesAfter } = measured
  const pages = (free: number | null, all: number | null): string => (free === null ? '–' : `${count(free)}${all === null ? '' : ` of ${count(all)}`}`)
  const unused = was === null && is === null ? null : `Pages that hold nothing: ${pages(was, pagesBefore)} before, ${pages(is, pagesAfter)} after.`
  return section('sizes', 'Sizes', unused,
    html`<figure>
${files.some((each) => each.free > 0) ? legend([['kept', 'used'], ['unused', 'holds nothing']]) : null}
<div class="lanes" role="img" aria-label="${files.map((each) => `${each.name}: ${size(each.bytes)}`).join(', ')}">${files.map((each) => html`<div class="lane"><b>${each.name}</b><svg width="100%" height="26"><rect class="kept" y="5" width="${percent(Math.max(each.bytes - each.free, most * 0.003), most)}" height="16" rx="2"/>${each.free === 0 ? null : html`<rect class="unused" x="${percent(each.bytes - each.free, most)}" y="5" width="${percent(each.free, most)}" height="16" rx="2"/>`}</svg><span>${size(each.bytes)}</span></div>
`)}</div>
</figure>`,
    html`<div class="unseen">${table('Sizes', ['file', { number: 'bytes' }], files.map((each) => [each.name, count(each.bytes)]))}</div>`)
}

function filesOf({ databaseBefore, databaseAfter, preBackup, postBackup, ...pages }: Sizes): File[] {
  const free = (bytes: number, unused: number | null, all: number | null): number => (unused === null || all === null || all === 0 ? 0 : Math.round((bytes * unused) / all))
  const file = (name: string, bytes: number | null, unused: number | null = null, all: number | null = null): File[] => (bytes === null ? [] : [{ name, bytes, free: free(bytes, unused, all) }])
  return [
    ...file('database before', databaseBefore, pages.freePagesBefore, pages.pagesBefore),
    ...file('database after', databaseAfter, pages.freePagesAfter, pages.pagesAfter),
    ...file('backup before', preBackup),
    ...file('backup after', postBackup),
  ]
}
