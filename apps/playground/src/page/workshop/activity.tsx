import type { JSX } from 'preact'
import type { SeenInteraction, SeenRequest } from '../net/events.ts'
import { gatewayLog, interactions, refusals, typical } from '../state/activity.ts'
import { messages } from '../state/messages.ts'
import { locale, nameOf } from '../state/world.ts'
import { describeRefusal } from './refusal.ts'

/** What Discord allows, in milliseconds. */
const DEADLINE = 3_000
const KINDS: Readonly<Record<number, string>> = { 2: 'command', 3: 'click', 4: 'typing', 5: 'form' }
const WHY_FAILED = 'No answer within 3 s'

/** Every interaction with its time to the first answer, and what Discord refused. */
export function Activity(): JSX.Element {
  const middle = typical.value
  return (
    <>
      <section>
        <h3>Refused by Discord</h3>
        {refusals.value.length === 0
          ? <p class="empty">Nothing was refused.</p>
          : <ul class="refusals">{refusals.value.slice(0, 30).map((each) => <Refusal key={`${each.at} ${each.path}`} request={each} />)}</ul>}
      </section>
      <section>
        <h3>Interactions {middle !== null && <small>{middle} ms typically</small>}</h3>
        {interactions.value.length === 0 && <p class="empty">Nobody has done anything yet.</p>}
        <ul class="interactions" aria-label="Interactions, newest first">{interactions.value.slice(0, 120).map((each) => <InteractionLine key={each.id} interaction={each} />)}</ul>
      </section>
      {gatewayLog.value.length > 0 && (
        <section>
          <h3>Gateway</h3>
          <ul class="plain-list">{gatewayLog.value.map(({ at, text }) => <li key={`${at} ${text}`}><time>{hour(at)}</time> {text}</li>)}</ul>
        </section>
      )}
    </>
  )
}

function InteractionLine({ interaction: { type, label, userId, createdAt, state, timeToFirstAnswerMs: took } }: { interaction: SeenInteraction }): JSX.Element {
  const pace = took === undefined ? '' : took < 300 ? 'good' : took < 1_500 ? 'fair' : 'poor'
  return (
    <li class={`interaction ${state}`}>
      <span class="what"><span class={`kind kind-${type}`}>{KINDS[type] ?? '?'}</span> <span class="label">{labelOf(label)}</span></span>
      <span class="about">{nameOf(userId)} · <time>{hour(createdAt)}</time></span>
      <span class={`took ${pace}`}>{state === 'failed' ? WHY_FAILED : took === undefined ? '…' : `${took} ms`}</span>
      {took !== undefined && <span class="scale" aria-hidden="true"><i class={pace} style={{ inlineSize: `${Math.max(1, Math.min(100, (took / DEADLINE) * 100))}%` }} /></span>}
    </li>
  )
}

/** A button by its label, where its message is in sight. */
function labelOf(label: string): string {
  const all = (messages.value ?? []).flatMap(({ components = [] }) => components.flatMap((row) => row.components ?? []))
  return all.find(({ custom_id: id }) => id === label)?.label ?? label
}

function Refusal({ request }: { request: SeenRequest }): JSX.Element {
  const { title, details } = describeRefusal(request)
  return (
    <li class="refusal">
      <p><strong>{title}</strong></p>
      <p class="path"><code>{request.method} {request.path}</code></p>
      {details.map((detail) => <p key={detail} class="detail">{detail}</p>)}
      <time>{hour(request.at)}</time>
    </li>
  )
}

function hour(moment: number): string {
  return new Intl.DateTimeFormat(locale.value, { timeStyle: 'medium' }).format(moment)
}
