import type { JSX } from 'preact'
import type { DeployReport, DeployRun, DeployStep } from '../../shared/status.ts'
import { post } from '../net/api.ts'
import { dev } from '../state/dev.ts'
import { locale } from '../state/world.ts'
import { attempt } from '../state/toasts.ts'

const MARKS = { pending: '○', running: '◐', done: '✔', failed: '✖', skipped: '–' } as const

/** Runs the migrator, and draws its steps as they happen. */
export function DeployView(): JSX.Element {
  const run = dev.value?.deploy ?? null
  const busy = run !== null && run.endedAt === null
  const start = (kind: DeployRun['kind']): void => void attempt(() => post('/api/dev/deploy', { kind }))
  return (
    <section class="card" aria-label="Deploy">
      <h3>Deploy</h3>
      <p class="hint">Also while a game goes on: the bot plays on, and no answer is lost. Practise deploys a harmless migration and takes it back.</p>
      <div class="pair">
        <button type="button" class="button primary" disabled={busy} onClick={() => start('deploy')}>Deploy</button>
        <button type="button" class="button secondary" disabled={busy} onClick={() => start('practice')}>Practise</button>
      </div>
      {run !== null && (
        <>
          {run.report !== null && <Report report={run.report} run={run} />}
          {run.report?.outcome !== 'up-to-date' && run.steps.length > 0 && <ol class="steps" aria-label="Steps" aria-busy={busy}>{run.steps.map((step) => <Step key={step.name} step={step} />)}</ol>}
          <p class="unseen" role="status">{busy ? `Deploy: ${run.steps.find(({ state }) => state === 'running')?.name ?? 'starting'}` : run.problem ?? (run.report === null ? '' : headline(run.report))}</p>
          {run.problem !== null && <p class="error">{run.problem}</p>}
        </>
      )}
    </section>
  )
}

function Step({ step: { name, state, text } }: { step: DeployStep }): JSX.Element {
  const took = /\((?<took>[\d.]+ m?s)\)$/.exec(text)
  return (
    <li class={`step ${state}`}>
      <span class="mark" aria-label={state}>{state === 'running' ? <span class="spinner" aria-hidden="true" /> : MARKS[state]}</span>
      <span class="step-name">{name}</span>
      <span class="step-took">{took?.groups?.['took']}</span>
      {text !== '' && <span class="step-text">{took === null ? text : text.slice(0, took.index).trim()}</span>}
    </li>
  )
}

function Report({ report, run }: { report: DeployReport; run: DeployRun }): JSX.Element {
  const changed = report.tables.filter(({ before, after, lost, added, changed: rows }) => before > 0 || after > 0 || lost > 0 || added > 0 || rows > 0)
  const when = run.endedAt === null ? '' : new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium', timeStyle: 'short' }).format(run.endedAt)
  const seconds = run.endedAt === null ? null : ((run.endedAt - run.startedAt) / 1000).toFixed(1)
  return (
    <div class={`report ${report.error === null ? 'good' : 'bad'}`}>
      <p class="headline">{headline(report)}{seconds !== null && <small> {seconds} s</small>}</p>
      <p class="hint">{run.kind === 'practice' ? 'Practice' : 'Deploy'} of {when}</p>
      {report.error !== null && <dl class="why"><dt>{report.error.code}</dt><dd>{report.error.what}</dd><dt>Why</dt><dd>{report.error.why}</dd><dt>Next</dt><dd>{report.error.next}</dd></dl>}
      {report.applied.length > 0 && <p class="hint">{report.applied.length === 1 ? report.applied[0] : `${report.applied.length} migrations`} · writers waited {report.writersHeldMs} ms{report.rounds > 1 && ` · ${report.rounds} rounds, for players wrote meanwhile`}</p>}
      {changed.length > 0 && (
        <details>
          <summary>Every row accounted for: {changed.reduce((sum, { after }) => sum + after, 0).toLocaleString('en')} in {changed.length} tables</summary>
          <table class="tables">
            <thead><tr><th scope="col">Table</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Lost</th></tr></thead>
            <tbody>{changed.map(({ table, before, after, lost }) => <tr key={table}><th scope="row">{table}</th><td>{before}</td><td>{after}</td><td>{lost}</td></tr>)}</tbody>
          </table>
        </details>
      )}
    </div>
  )
}

function headline({ outcome, from, to }: DeployReport): string {
  if (outcome === 'up-to-date') return `✔ Up to date, version ${to ?? '?'}`
  if (outcome === 'deployed') return from === to ? `✔ Deployed, version ${to ?? '?'} as before` : `✔ Deployed: version ${from ?? 'none'} → ${to ?? '?'}`
  return outcome === 'refused' ? '✖ Refused; nothing was touched' : '✖ Failed; the database is as before'
}
