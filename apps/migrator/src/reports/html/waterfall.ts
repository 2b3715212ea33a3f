import type { ReportDocument, Span, WaterfallStep } from '../document.ts'
import { count, duration } from '../words.ts'
import { fold, legend, percent, section, table } from './elements.ts'
import { html, type Markup } from './tag.ts'

/** The pipeline's steps as bars over time, with what ran at the same time inside of them. */
export function waterfall(document: ReportDocument): Markup | null {
  const { waterfall: steps, writersHeld, rounds } = document
  if (steps.length === 0) return null
  const whole = wholeTime(document)
  const longest = steps.reduce((one, other) => (other.ms > one.ms ? other : one))
  const lead = `${duration(whole)} in all${rounds > 1 ? `, in ${count(rounds)} rounds, because somebody wrote meanwhile` : ''}; the longest step was ${longest.step} with ${duration(longest.ms)}.`
  const label = `${lead} ${writersHeld === null ? 'Writers were not held.' : `Writers were held for ${duration(writersHeld.ms)}, from ${duration(writersHeld.startMs)} on.`} The table below has all numbers.`
  return section('time', 'Where the time went', lead,
    html`<figure>
${legend([['step', 'step'], ['span', 'inside of it, at the same time'], ...(writersHeld === null ? [] : [['held', `writers held: ${duration(writersHeld.ms)}`] as const])])}
<div class="lanes" role="img" aria-label="${label}">
${axis(whole)}
${steps.flatMap((step) => [lane(step, whole, writersHeld), ...(step.spans ?? []).map((span) => spanLane(span, whole, writersHeld))])}
</div>
</figure>`,
    fold('The same as a table', timesTable(steps)))
}

/** The run's length; the steps may say more than it where a clock was set. */
function wholeTime({ ms, waterfall: steps }: ReportDocument): number {
  const ends = steps.flatMap((step) => [step, ...(step.spans ?? [])]).map((each) => each.startMs + each.ms)
  return Math.max(ms, ...ends, 1)
}

type Held = ReportDocument['writersHeld']

function lane(step: WaterfallStep, whole: number, held: Held): Markup {
  const name = step.round > 1 ? `${step.step} (round ${count(step.round)})` : step.step
  const tone = step.failed === true ? 'failed' : 'step'
  return html`<div class="lane"><b>${step.failed === true ? '✖ ' : null}${name}</b>${track(step, whole, held, tone, 30)}<span>${duration(step.ms)}</span></div>
`
}

function spanLane(span: Span, whole: number, held: Held): Markup {
  return html`<div class="lane inner"><i>${span.name}</i>${track(span, whole, held, 'span', 22)}<span>${duration(span.ms)}</span></div>
`
}

/** One row of the picture. Its shade of the time in which writers were held meets that of the rows above and below. */
function track({ startMs, ms }: { startMs: number; ms: number }, whole: number, held: Held, tone: string, height: number): Markup {
  const gap = tone === 'span' ? 7 : 6
  return html`<svg width="100%" height="${height}">${held === null ? null : html`<rect class="held" x="${percent(held.startMs, whole)}" y="0" width="${percent(Math.max(held.ms, whole * LEAST), whole)}" height="${height}"/>`}${TICKS.map((tick) => html`<line class="grid" x1="${tick * 100}%" x2="${tick * 100}%" y1="0" y2="${height}"/>`)}<rect class="${tone}" x="${percent(Math.min(startMs, whole * (1 - LEAST)), whole)}" y="${gap}" width="${percent(Math.max(ms, whole * LEAST), whole)}" height="${height - gap * 2}" rx="2"/></svg>`
}

/** The share of the width that a bar has at least: what took no time has to be seen, too. */
const LEAST = 0.003
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const

function axis(whole: number): Markup {
  const text = (tick: number): Markup => html`<text class="tick" x="${tick * 100}%" y="14" text-anchor="${tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}">${duration(tick * whole)}</text>`
  return html`<div class="lane axis"><b></b><svg width="100%" height="20">${[0, 0.5, 1].map(text)}</svg><span></span></div>
`
}

function timesTable(steps: readonly WaterfallStep[]): Markup {
  const rows = steps.flatMap((step) => [
    [step.step, step.round, duration(step.startMs), duration(step.ms), `${step.failed === true ? 'failed: ' : ''}${step.summary}`],
    ...(step.spans ?? []).map((span) => [`${step.step}: ${span.name}`, step.round, duration(span.startMs), duration(span.ms), '']),
  ])
  return table('Steps and what ran inside of them', ['step', { number: 'round' }, { number: 'began at' }, { number: 'took' }, 'what came of it'], rows)
}
