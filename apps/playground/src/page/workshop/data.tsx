import { signal, useSignalEffect } from '@preact/signals'
import type { JSX } from 'preact'
import type { DataOverview } from '../../shared/status.ts'
import { fileSize } from '../chat/attachments.tsx'
import { get, post } from '../net/api.ts'
import { interactions } from '../state/activity.ts'
import { dev } from '../state/dev.ts'
import { attempt } from '../state/toasts.ts'
import { DeployView } from './deploy.tsx'

const data = signal<DataOverview | null>(null)
const LATER_MS = 300

/** The database: its version, the deploys, what is in it. */
export function Data(): JSX.Element {
  useSignalEffect(() => {
    // Whenever somebody did something, or a deploy ended, there may be more rows.
    if (interactions.value.length === 0 && dev.value === null) return undefined
    const timer = setTimeout(() => void get<DataOverview>('/api/dev/data').then((found) => (data.value = found), () => {}), LATER_MS)
    return () => clearTimeout(timer)
  })
  const found = data.value
  return (
    <>
      <section class="card">
        <h3>Database</h3>
        {found === null ? <p class="empty">Looking…</p> : (
          <dl class="facts">
            <div><dt>Schema version</dt><dd class="big">{found.version ?? '–'}</dd></div>
            <div><dt>Migrations</dt><dd>{found.migrations.applied} applied{found.migrations.pending > 0 && <strong class="warn">, {found.migrations.pending} pending</strong>}</dd></div>
            <div><dt>File</dt><dd><code>{found.database}</code>, {fileSize(found.bytes)}</dd></div>
          </dl>
        )}
        <Studio />
      </section>
      <DeployView />
      {found !== null && (
        <section>
          <h3>Tables</h3>
          <table class="tables">
            <thead><tr><th scope="col">Table</th><th scope="col">Rows</th></tr></thead>
            <tbody>{found.tables.map(({ name, rows }) => <tr key={name} class={rows === 0 ? 'none' : ''}><th scope="row">{name}</th><td>{rows.toLocaleString('en')}</td></tr>)}</tbody>
          </table>
        </section>
      )}
    </>
  )
}

function Studio(): JSX.Element {
  const { state, url } = dev.value?.studio ?? { state: 'off', url: null }
  if (state === 'on' && url !== null) return <a class="button primary" href={url} target="_blank" rel="noopener noreferrer">Open Prisma Studio ↗</a>
  return <button type="button" class="button secondary" disabled={state === 'starting'} aria-busy={state === 'starting'} onClick={() => void attempt(() => post('/api/dev/studio'))}>{state === 'starting' ? 'Starting Prisma Studio…' : 'Start Prisma Studio'}</button>
}
