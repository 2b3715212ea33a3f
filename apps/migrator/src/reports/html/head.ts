import type { ReportDocument } from '../document.ts'
import { outcomeWords, summarySentence, toneOf, versionChange } from '../sentence.ts'
import { count, duration, moment, plural, shellWord } from '../words.ts'
import { badge, code, command, fold, section } from './elements.ts'
import { html, type Markup } from './tag.ts'

const kinds: Readonly<Record<ReportDocument['command'], string>> = { deploy: 'Deploy', rehearse: 'Rehearsal', archive: 'Archiving' }

/** The top of the page: what it was, how it ended, and the one sentence. */
export function head(document: ReportDocument): Markup {
  const { command: kind, database, time, outcome, exitCode, applied, ms, writersHeldMs, quietPause, rounds } = document
  const facts: (readonly [string, string])[] = [
    ['version', versionChange(document)],
    ['migrations', count(applied.length)],
    ['took', duration(ms)],
    ['writers held', writersHeldMs === 0 ? 'not at all' : duration(writersHeldMs)],
    ...(quietPause === null ? [] : [['answers waited', quietPause.ms === 0 ? 'not at all' : duration(quietPause.ms)] as const]),
    ...(rounds > 1 ? [['rounds', count(rounds)] as const] : []),
    ['exit code', String(exitCode)],
  ]
  return html`<header class="${toneOf(document)}">
<p class="kind">${kinds[kind]} · <time datetime="${time}">${moment(time)}</time></p>
<h1><span class="mark" aria-hidden="true">${toneOf(document) === 'good' ? '✔' : '✖'}</span> ${outcomeWords[outcome]} <span class="of">${database.split(/[\\/]/).at(-1) ?? database}</span></h1>
<p class="sentence">${summarySentence(document)}</p>
<dl class="tiles">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p class="soft path">${code(database)}${document.adopted ? html` ${badge('plain', 'adopted from the older system')}` : null}</p>
${applied.length === 0 ? null : fold(plural(applied.length, 'migration'), html`<ol class="migrations">${applied.map((name) => html`<li>${code(name)}</li>`)}</ol>`)}
</header>`
}

/** What went wrong, in the words that the terminal had. */
export function failure({ error }: ReportDocument): Markup | null {
  if (error === null) return null
  const details = error.details ?? []
  return section('error', 'What went wrong', null, html`<div class="failure">
<p>${badge('bad', error.code)} <b>${error.what}</b></p>
<dl><dt>Why</dt><dd>${error.why}</dd><dt>Next</dt><dd>${error.next}</dd></dl>
${details.length === 0 ? null : html`<ul class="details">${details.slice(0, SHOWN).map((line) => html`<li>${code(line)}</li>`)}</ul>`}
${details.length <= SHOWN ? null : fold(`${count(details.length - SHOWN)} more`, html`<ul class="details">${details.slice(SHOWN).map((line) => html`<li>${code(line)}</li>`)}</ul>`)}
</div>`)
}

const SHOWN = 12

/** What else the run had to say. */
export function notes({ notes: all }: ReportDocument): Markup | null {
  return all.length === 0 ? null : section('notes', 'Notes', null, html`<ul>${all.map((note) => html`<li>${note}</li>
`)}</ul>`)
}

/** The backups, each with the command that brings it back. */
export function backups({ backups: { pre, post }, database, command: kind }: ReportDocument): Markup | null {
  if (pre === null && post === null) return null
  const what = kind === 'archive' ? 'the archiving' : 'the migrations'
  const entry = (title: string, path: string | null): Markup | null => (path === null ? null : html`<h3>${title}</h3>
<p>${code(path)}</p>
${command(`pnpm --filter migrator restore -- ${shellWord(path)} --database ${shellWord(database)}`)}
`)
  return section('backups', 'Backups, and how to bring one back', 'A restore verifies the backup first and keeps what is there in a backup of its own.',
    entry(`From before ${what}`, pre), entry(`From after ${kind === 'archive' ? 'it' : 'them'}`, post))
}
