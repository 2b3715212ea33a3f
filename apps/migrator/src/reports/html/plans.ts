import type { PlanChange, ReportDocument } from '../document.ts'
import { count, duration, plural } from '../words.ts'
import { badge, code, fold, legend, percent, section, table } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** The bot's common queries: how long they take, and how SQLite finds their rows. */
export function plans({ plans: all }: ReportDocument): Markup | null {
  if (all.length === 0) return null
  const worse = all.filter((each) => each.worse)
  const other = all.filter((each) => !each.worse && isDifferent(each))
  const same = all.filter((each) => !each.worse && !isDifferent(each))
  const lead = worse.length === 0
    ? `None of the bot's ${plural(all.length, 'common query').replace('querys', 'queries')} goes through a whole table that it did not go through before.`
    : `${count(worse.length)} of the bot's ${count(all.length)} common queries ${worse.length === 1 ? 'goes' : 'go'} through a whole table now.`
  return section('queries', "The bot's common queries", lead,
    timings(all),
    [...worse, ...other].map(sideBySide),
    same.length === 0 ? null : fold(`${plural(same.length, 'query').replace('querys', 'queries')} with the plan as it was`, same.map(sideBySide)))
}

function isDifferent({ before, after }: PlanChange): boolean {
  return before !== null && after !== null && before.join('\n') !== after.join('\n')
}

/** The shortest time that the picture tells from none, in milliseconds. */
const LEAST_MS = 0.01

/** A line from the time before to the time after, on one logarithmic scale for all: microseconds and seconds have room on it. */
function timings(all: readonly PlanChange[]): Markup | null {
  const timed = all.filter((each) => each.beforeMs !== null || each.afterMs !== null)
  if (timed.length === 0) return null
  const longest = Math.max(...timed.flatMap((each) => [each.beforeMs ?? 0, each.afterMs ?? 0]))
  const decades = Math.max(1, Math.ceil(Math.log10(longest / LEAST_MS)))
  const sorted = [...timed].sort((a, b) => (b.afterMs ?? 0) - (a.afterMs ?? 0))
  const rows = timed.map((each) => [code(each.name), time(each.beforeMs), time(each.afterMs), change(each)])
  return html`<figure>
${legend([['before', 'before'], ['after', 'after'], ['slower', 'much slower after']])}
<div class="lanes" role="img" aria-label="${`Times of ${plural(timed.length, 'query').replace('querys', 'queries')}, the longest ${duration(longest)}. The table below has all numbers.`}">
${axis(decades)}
${sorted.map((each) => html`<div class="lane"><b>${each.name}</b>${dots(each, decades)}<span>${time(each.afterMs ?? each.beforeMs)}</span></div>
`)}</div>
</figure>
${fold('The same as a table', table('Times of the common queries', ['query', { number: 'before' }, { number: 'after' }, { number: 'times as long' }], rows))}`
}

/** A place in the picture; half a dot of room on both sides. */
function place(ms: number, decades: number): string {
  return percent(1 + (Math.log10(Math.max(ms, LEAST_MS) / LEAST_MS) / decades) * 98, 100)
}

/** 0.01 ms, 0.1 ms, 1 ms, … */
function ticks(decades: number): number[] {
  return Array.from({ length: decades + 1 }, (_, index) => LEAST_MS * 10 ** index)
}

function axis(decades: number): Markup {
  const text = (ms: number, index: number): Markup => html`<text class="tick" x="${place(ms, decades)}" y="14" text-anchor="${index === 0 ? 'start' : index === decades ? 'end' : 'middle'}">${ms < 1 ? `${Number(ms.toPrecision(1))} ms` : duration(ms)}</text>`
  return html`<div class="lane axis"><b></b><svg width="100%" height="20">${ticks(decades).map(text)}</svg><span></span></div>
`
}

function dots({ beforeMs, afterMs, worse }: PlanChange, decades: number): Markup {
  const x = (ms: number): string => place(ms, decades)
  const slower = worse || isSlower(beforeMs, afterMs)
  return html`<svg width="100%" height="26">${ticks(decades).map((ms) => html`<line class="grid" x1="${x(ms)}" x2="${x(ms)}" y1="0" y2="26"/>`)}${beforeMs === null || afterMs === null ? null : html`<line class="${slower ? 'slower' : 'between'}" x1="${x(beforeMs)}" x2="${x(afterMs)}" y1="13" y2="13"/>`}${beforeMs === null ? null : html`<circle class="before" cx="${x(beforeMs)}" cy="13" r="5"/>`}${afterMs === null ? null : html`<circle class="${slower ? 'slower' : 'after'}" cx="${x(afterMs)}" cy="13" r="5"/>`}</svg>`
}

/** Fractions of a millisecond are noise. */
function isSlower(beforeMs: number | null, afterMs: number | null): boolean {
  return beforeMs !== null && afterMs !== null && afterMs - beforeMs > 1 && afterMs > beforeMs * 2
}

function time(ms: number | null): string {
  if (ms === null) return '–'
  return ms < 1 ? `${ms.toFixed(2)} ms` : duration(ms)
}

function change({ beforeMs, afterMs }: PlanChange): string {
  return beforeMs === null || afterMs === null || beforeMs === 0 ? '–' : `×${(afterMs / beforeMs).toFixed(2)}`
}

function sideBySide({ name, sql, before, after, worse }: PlanChange): Markup {
  const side = (when: string, plan: readonly string[] | null): Markup => html`<div><h4>${when}</h4>${plan === null ? html`<p class="soft">its tables are not there</p>` : html`<ul>${plan.map((line) => html`<li>${code(line)}</li>`)}</ul>`}</div>`
  const mark = worse ? badge('bad', '✖ worse: goes through the whole table') : before === null ? badge('plain', 'new') : isDifferent({ name, sql, before, after, worse, beforeMs: null, afterMs: null }) ? badge('plain', 'different') : null
  return html`<article class="plan${worse ? ' worse' : ''}"><h3>${name} ${mark}</h3><div class="sides">${side('before', before)}${side('after', after)}</div>${fold('SQL', html`<pre tabindex="0">${sql}</pre>`)}</article>
`
}
