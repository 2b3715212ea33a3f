import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import type { CommandInput } from '../src/commands/command.ts'
import { history } from '../src/commands/history.ts'
import { report } from '../src/commands/report.ts'
import { parseReport, type ReportDocument } from '../src/reports/document.ts'
import { renderReport } from '../src/reports/html/page.ts'
import { html } from '../src/reports/html/tag.ts'
import { diffLines } from '../src/reports/line-diff.ts'
import { summarySentence } from '../src/reports/sentence.ts'
import { lineMeaning, sqlLines } from '../src/reports/sql-lines.ts'
import { listReports, reportsFolder, writeReport } from '../src/reports/store.ts'
import { duration, size } from '../src/reports/words.ts'
import { failedDeploy, fineDeploy, hostile, hostileDeploy, quarantined, quietTable, rehearsal } from './report-documents.ts'

const states = { fineDeploy, failedDeploy, rehearsal, quarantined, hostileDeploy }

function write(document: ReportDocument): { path: string; page: string } {
  return writeReport(document, renderReport(document))
}

function inputFor(database: string, env: NodeJS.ProcessEnv = {}): CommandInput {
  return {
    settings: { database, backupDir: `${database}.backups`, prismaDir: join(repositoryRoot, 'prisma') },
    json: false, quiet: false, verbose: false, terminal: { stdout: process.stdout, stderr: process.stderr, env }, cwd: '/', argv: [], now: () => new Date(), signal: new AbortController().signal,
  }
}

test.for(Object.entries(states))('%s: what is written is read again, also with what a later format adds', ([, make]) => {
  const document = make('/srv/trivia.db')
  expect(parseReport(JSON.stringify(document))).toEqual({ document: JSON.parse(JSON.stringify(document)) as unknown })
  const older = { ...document, forecasts: undefined, quietPause: undefined, bot: undefined }
  expect(parseReport(JSON.stringify({ ...older, weather: { sun: true }, version: { ...document.version, name: 'x' } }))).toEqual({ document: { ...(JSON.parse(JSON.stringify(document)) as object), forecasts: [], quietPause: null, bot: null } })
})

test('what is no report is told with its reason', () => {
  const document = fineDeploy('/srv/trivia.db')
  expect(parseReport('')).toEqual({ why: 'it is empty' })
  expect(parseReport('{"format":1')).toEqual({ why: 'it is not JSON' })
  expect(parseReport('null')).toHaveProperty('why')
  expect(parseReport(JSON.stringify({ ...document, format: 2 }))).toMatchObject({ why: expect.stringContaining('format') as string })
  expect(parseReport(JSON.stringify({ ...document, tables: [{ table: 'users' }] }))).toMatchObject({ why: expect.stringContaining('tables.0.before') as string })
})

test('reports stand beside the database, the newest first, none overwritten, for as many eyes as the database', () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  writeFileSync(database, '')
  chmodSync(database, 0o600)
  const first = write(fineDeploy(database, '2026-11-23T03:15:00.000Z'))
  const second = write(failedDeploy(database, '2026-11-23T03:15:00.000Z'))
  const third = write(rehearsal(database, '2026-11-24T03:15:00.000Z'))
  write(fineDeploy(folder.file('other.db'), '2026-11-25T03:15:00.000Z'))
  // Another process has just taken this name, and not written its document yet.
  writeFileSync(folder.file('reports', '20261101T000000000Z.html'), 'taken')
  expect(write(fineDeploy(folder.file('other.db'), '2026-11-01T00:00:00.000Z')).page).toBe(folder.file('reports', '20261101T000000001Z.html'))
  expect(first).toEqual({ path: folder.file('reports', '20261123T031500000Z.json'), page: folder.file('reports', '20261123T031500000Z.html') })
  expect(second.path).toBe(folder.file('reports', '20261123T031500001Z.json'))
  for (const file of [...Object.values(first), ...Object.values(second), ...Object.values(third)]) expect(statSync(file).mode & 0o777, file).toBe(0o600)
  expect(statSync(reportsFolder(database)).mode & 0o077).toBe(0)

  const { reports, unreadable } = listReports(reportsFolder(database), database)
  expect(unreadable).toEqual([])
  expect(reports.map((each) => [each.path, each.page])).toEqual([[third.path, third.page], [second.path, second.page], [first.path, first.page]])
  expect(reports[1]?.document).toEqual(failedDeploy(database, '2026-11-23T03:15:00.000Z'))
  expect(listReports(reportsFolder(database), database, 1).reports).toHaveLength(1)
  expect(readFileSync(first.page, 'utf8')).toBe(renderReport(fineDeploy(database)))
  expect(readdirSync(reportsFolder(database)).filter((name) => !/^\d{8}T\d{9}Z\.(json|html)$/.test(name))).toEqual([])
})

test('an unreadable report is skipped and told; one without a page is none the worse', () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  const { path, page } = write(fineDeploy(database))
  rmSync(page)
  const broken = folder.file('reports', '20261130T000000000Z.json')
  writeFileSync(broken, readFileSync(path, 'utf8').slice(0, 200))
  mkdirSync(folder.file('reports', '20261129T000000000Z.json'))
  writeFileSync(folder.file('reports', 'notes.json'), 'mine')
  const { reports, unreadable } = listReports(reportsFolder(database), database)
  expect(reports).toMatchObject([{ path, page: null }])
  expect(unreadable).toEqual([{ path: broken, why: 'it is not JSON' }, { path: folder.file('reports', '20261129T000000000Z.json'), why: expect.stringContaining('EISDIR') as string }])
})

test('a report that cannot be written throws, and leaves nothing', () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  writeFileSync(folder.file('reports'), 'a file in the way')
  expect(() => write(fineDeploy(database))).toThrow()
  expect(readFileSync(folder.file('reports'), 'utf8')).toBe('a file in the way')
  rmSync(folder.file('reports'))
  // The document's temporary file cannot be made.
  mkdirSync(folder.file('reports', '20261123T031500000Z.json.partial'), { recursive: true })
  expect(() => write(fineDeploy(database))).toThrow()
  expect(readdirSync(folder.file('reports'))).toEqual(['20261123T031500000Z.json.partial'])
})

/** The page's tags, with the names of their attributes. */
function tagsOf(page: string): { name: string; attributes: string[]; closing: boolean }[] {
  return [...page.replace(/<style>[^<]*<\/style>/, '').matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:="[^"<>]*")?)*)\s*(\/?)>/g)].map((match) => ({
    name: match[2]!, closing: match[1] === '/', attributes: [...match[3]!.replaceAll(/"[^"]*"/g, '').matchAll(/[\w-]+/g)].map(([name]) => name),
  }))
}

const TAGS = new Set('html head meta title link style body main header footer section article figure details summary div span p b i h1 h2 h3 h4 ul ol li dl dt dd table caption thead tbody tr th td pre code svg rect line circle text title time'.split(' '))
const ATTRIBUTES = new Set('lang charset http-equiv content name rel href class id role aria-label aria-labelledby aria-hidden tabindex scope datetime width height x y x1 x2 y1 y2 cx cy r rx text-anchor'.split(' '))

test.for(Object.entries(states))('%s: a page of tags that close, without script or anything from outside', ([, make]) => {
  const page = renderReport(make('/srv/trivia.db'))
  const tags = tagsOf(page)
  // Every < that is not part of a known tag is escaped.
  expect(page.replace(/<style>[^<]*<\/style>/, '').match(/</g)).toHaveLength(tags.length + 1)
  expect(tags.filter((tag) => !TAGS.has(tag.name))).toEqual([])
  expect(tags.flatMap((tag) => tag.attributes).filter((name) => !ATTRIBUTES.has(name))).toEqual([])
  const open: string[] = []
  for (const { name, closing } of tags) {
    if (closing) expect(open.pop()).toBe(name)
    else if (!['meta', 'link', 'rect', 'line', 'circle'].includes(name)) open.push(name)
  }
  expect(open).toEqual([])
  expect([...page.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['data:,'])
  expect(page).not.toMatch(/url\(|@import|https?:|\u0000|\ud800|\u202e/)
  expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"`)
  const headings = tags.filter((tag) => !tag.closing && /^h\d$/.test(tag.name)).map((tag) => Number(tag.name[1]))
  expect(headings.filter((level, at) => level > (headings[at - 1] ?? 0) + 1)).toEqual([])
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('hostile names are shown as they are', () => {
  const page = renderReport(hostileDeploy('/srv/trivia.db'))
  expect(page).toContain('<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>')
  expect(page).toContain('\\u202e&quot;&#39;&gt;&lt;img src=x onerror=alert(2)&gt;')
  expect(String(html`<p title="${'"'}">${[hostile, 1, null, html`<b>${'&'}</b>`]}</p>`)).toBe('<p title="&quot;">&lt;script&gt;alert(1)&lt;/script&gt;1<b>&amp;</b></p>')
  expect(page).toContain(`restore -- &#39;/srv/trivia.db&#39;\\&#39;&#39;; rm -rf ~ #.db&#39; --database`)
})

test('every part of the document is on the page', () => {
  const page = renderReport(fineDeploy('/srv/trivia.db'))
  for (const text of ['Deployed', '3 → 10', '41,235', '{&quot;lost&quot;:1,&quot;why&quot;:&quot;A duplicate.&quot;}', 'prisma migrate diff', 'writers held: 1.18 s', 'idx_answers_user', 'worse: goes through the whole table',
    '24 ms', '13.4 MB', '410 of 3,272', 'foreign-key-without-index', 'CREATE INDEX &quot;answers_round&quot;', 'points stay', '412345', 'orphaned_sessions', 'trivia_pre_migration_20261123T031500000Z.db --database /srv/trivia.db', 'write-ahead logging could not']) expect(page, text).toContain(text)
  expect(renderReport(failedDeploy('/srv/trivia.db'))).toMatch(/ROWS_NOT_PRESERVED[^]*9,870 rows lost, declared 0[^]*Mend the migration[^]*18 more/)
  expect(page).not.toContain('which was not published')
  expect(renderReport(rehearsal('/srv/trivia.db'))).toMatch(/✖ no<\/span> Performance not degraded[^]*This is the copy, which was not published/)
  expect(renderReport(failedDeploy('/srv/trivia.db'))).toContain('which was not published')
  expect(renderReport(quarantined('/srv/trivia.db'))).toMatch(/38 tables without any change/)
})

test('the bars of a table are as long as its rows, and a single row can be seen', () => {
  const bars = (account: ReportDocument['tables'][number]): number[][] =>
    [...renderReport({ ...fineDeploy('/a.db'), tables: [account] }).matchAll(/<rect class="track"[^>]*>(.*?)<\/svg>/g)].map(([, drawn]) => [...(drawn ?? '').matchAll(/ width="([\d.]+)%"/g)].map(([, width]) => Number(width)))
  expect(bars({ ...quietTable('t', 100), lost: 25, after: 80, added: 5 })).toEqual([[75, 25], [75, 5]])
  const [before] = bars({ ...quietTable('t', 1_000_000), after: 999_999, quarantined: 1 })
  expect(before?.[1]).toBeGreaterThan(0.5)
  expect(before?.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100)
})

test('one sentence says whether anything is lost', () => {
  const fine = fineDeploy('/a.db')
  const quiet = { ...fine, tables: [quietTable('users', 41_235), quietTable('questions', 1)], writersHeldMs: 0 }
  expect(summarySentence(quiet)).toBe('All 41,236 rows of 2 tables are there; no writer had to wait.')
  expect(summarySentence({ ...quiet, figures: { before: { total_points: 412_345 }, after: { total_points: 412_345 } } })).toBe('All 412,345 points are there: all 41,236 rows of 2 tables are there; no writer had to wait.')
  expect(summarySentence(quarantined('/a.db'))).toContain('6 set aside in quarantine, 12 changed as declared')
  expect(summarySentence(failedDeploy('/a.db'))).toMatch(/^The live database is as it was before\. /)
  expect(summarySentence({ ...failedDeploy('/a.db'), exitCode: 5 })).not.toContain('as it was before')
  expect(summarySentence({ ...quiet, version: { from: null, to: 10 }, tables: [] })).toBe('A new database was made; no writer had to wait.')
})

test('structures are compared by what their lines mean', () => {
  const before = sqlLines('CREATE TABLE t (id INTEGER PRIMARY KEY, -- the key\n  name TEXT DEFAULT \'a, (b\', points INT, CHECK (points IN (1, 2)))')
  const after = sqlLines('CREATE TABLE "t" ("id" INTEGER PRIMARY KEY,"name" TEXT DEFAULT \'a, (b\',\n"points" INT, CHECK (points IN (1, 2)), "more" TEXT)')
  expect(after).toEqual(['CREATE TABLE "t" (', '  "id" INTEGER PRIMARY KEY,', `  "name" TEXT DEFAULT 'a, (b',`, '  "points" INT,', '  CHECK (points IN (1, 2)),', '  "more" TEXT', ')'])
  const lines = diffLines(before, after, lineMeaning)
  expect(lines.filter((line) => line.mark !== ' ')).toEqual([{ mark: '-', text: '  -- the key' }, { mark: '+', text: '  "more" TEXT' }])
  expect(diffLines([], ['a'])).toEqual([{ mark: '+', text: 'a' }])
  const many = Array.from({ length: 1500 }, (_, index) => String(index))
  expect(diffLines(many, ['0'])).toHaveLength(1501)
})

test('durations and sizes for people', () => {
  expect([0, 0.42, 9.96, 740, 999.6, 2310, 9999, 59_949, 59_960, 252_000, 3_725_000].map(duration)).toEqual(['0 ms', '0.4 ms', '10 ms', '740 ms', '1.00 s', '2.31 s', '10.0 s', '59.9 s', '1 min 0 s', '4 min 12 s', '1 h 2 min'])
  expect([0, 999, 8192, 999_600, 13_400_000, 1_250_000_000].map(size)).toEqual(['0 B', '999 B', '8 kB', '1.0 MB', '13.4 MB', '1.25 GB'])
})

test('history lists deploys and rehearsals, and says how to get one', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  expect(await history(inputFor(database), { limit: 20 })).toMatchObject({ exitCode: 0, json: { reports: [] }, text: expect.stringContaining('"migrator rehearse" makes one') as string })
  write(rehearsal(database))
  write(fineDeploy(database))
  const failure = write(failedDeploy(database))
  writeFileSync(folder.file('reports', '20261130T000000000Z.json'), '')
  const result = await history(inputFor(database), { limit: 20 })
  expect(result.json).toMatchObject({ reports: [{ outcome: 'failed', error: 'ROWS_NOT_PRESERVED', ms: 5460, page: failure.page }, { outcome: 'deployed', version: { from: 3, to: 10 }, writersHeldMs: 1180 }, { command: 'rehearse' }], unreadable: [{ why: 'it is empty' }] })
  expect(result.text).toMatch(/2026-11-24 03:15:00 UTC +deploy +✖ +failed \(ROWS_NOT_PRESERVED\) +3 \(not 10\) +5\.46 s +██████▌/)
  expect(result.text).toMatch(/2026-11-23 03:15:00 UTC +deploy +✔ +deployed +3 → 10 +8\.41 s +██████████ +1\.18 s/)
  expect(result.text).toContain('cannot be read: it is empty')
  expect((await history(inputFor(database), { limit: 1 })).text).toContain('newest 1 report;')
})

const plain = { file: undefined, latest: false, open: false }

test('report shows the newest or a named one', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  await expect(report(inputFor(database), plain)).rejects.toMatchObject({ code: 'REPORT_MISSING', exitCode: 3, next: expect.stringContaining('migrator rehearse') as string })
  const fine = write(fineDeploy(database))
  const failure = write(failedDeploy(database))
  const newest = await report(inputFor(database), plain)
  expect(newest).toMatchObject({ exitCode: 0, json: failedDeploy(database) })
  expect(newest.text).toMatch(/✖ Failed: [^]*The live database is as it was before\.[^]*ROWS_NOT_PRESERVED[^]*Next: Mend the migration/)
  expect(newest.text).toContain(failure.page.slice(1))
  for (const file of [fine.path, fine.page, '20261123T031500000Z', '20261123T031500000Z.html']) expect(await report(inputFor(database), { ...plain, file })).toMatchObject({ json: fineDeploy(database) })
  await expect(report(inputFor(database), { ...plain, file: 'nothing' })).rejects.toMatchObject({ code: 'REPORT_MISSING', exitCode: 3 })
  writeFileSync(folder.file('reports', 'x.json'), '[]')
  await expect(report(inputFor(database), { ...plain, file: 'x' })).rejects.toMatchObject({ code: 'REPORT_UNREADABLE', exitCode: 3 })
  await expect(report(inputFor(database), { ...plain, file: 'x', latest: true })).rejects.toMatchObject({ code: 'WRONG_USAGE', exitCode: 2 })
})

test.skipIf(process.platform !== 'linux')('--open shows the page where there is a desktop, and its path where there is none', async () => {
  using folder = scratchFolder()
  const database = folder.file('trivia.db')
  const { page } = write(fineDeploy(database))
  rmSync(page)
  const without = await report(inputFor(database, { PATH: folder.path }), { ...plain, open: true })
  expect(without).toMatchObject({ exitCode: 0, text: expect.stringContaining('no desktop') as string })
  // The page that was taken away is there again.
  expect(readFileSync(page, 'utf8')).toBe(renderReport(fineDeploy(database)))
  const desktop = { PATH: folder.path, DISPLAY: ':0' }
  expect((await report(inputFor(database, desktop), { ...plain, open: true })).text).toContain('no desktop')
  writeFileSync(folder.file('xdg-open'), `#!/bin/sh\nprintf %s "$1" > '${folder.file('opened')}'\n`, { mode: 0o755 })
  expect((await report(inputFor(database, desktop), { ...plain, open: true })).text).toContain('opened in the browser')
  expect(readFileSync(folder.file('opened'), 'utf8')).toBe(page)
  writeFileSync(folder.file('xdg-open'), '#!/bin/sh\nexit 3\n', { mode: 0o755 })
  expect((await report(inputFor(database, desktop), { ...plain, open: true })).text).toContain('no desktop')
  expect(existsSync(folder.file('opened'))).toBe(true)
})
