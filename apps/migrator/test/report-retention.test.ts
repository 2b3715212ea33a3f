import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { backupPrune } from '../src/commands/backup-prune.ts'
import { scheduleRun } from '../src/commands/schedule-run.ts'
import { renderReport } from '../src/reports/html/page.ts'
import { reportsFolder, writeReport } from '../src/reports/store.ts'
import { documentOf, makeBase, type Place, placeOf, placeWith } from './backing-up.ts'
import { fineDeploy } from './report-documents.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const NOW = '2026-03-10T12:00:00.000Z'
const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * DAY_MS).toISOString()
const stamp = (time: string): string => time.replaceAll(/[-:.]/g, '')

interface Pruned {
  readonly exitCode: number
  readonly reports: { readonly kept: number; readonly deleted: readonly string[] }
}

function report(database: string, days: number): string {
  const document = fineDeploy(database, daysAgo(days))
  writeReport(document, renderReport(document))
  return stamp(daysAgo(days))
}

const filesOf = (place: Place): string[] => readdirSync(reportsFolder(place.database)).sort()

function emptyPlace(): Place {
  const folder = scratchFolder()
  writeFileSync(folder.file('trivia.db'), '')
  return placeOf(folder, folder.file('trivia.db'), NOW)
}

test('reports of a year stay, and the newest fifty of any age; the bot’s files go with theirs', async () => {
  using place = emptyPlace()
  expect(await documentOf<Pruned>(backupPrune(place.input, {}))).toMatchObject({ exitCode: 0, reports: { kept: 0, deleted: [] } })
  const folder = reportsFolder(place.database)
  const young = Array.from({ length: 48 }, (_, index) => report(place.database, index + 1))
  const fillers = [report(place.database, 366), report(place.database, 400)]
  const old = [report(place.database, 401), report(place.database, 900)]
  const foreign = report(join(place.folder.path, 'other.db'), 950)
  for (const [name, text] of [
    [`${old[0]!}-ready.bot.json`, '{}'],
    [`${fillers[1]!}.bot.json`, '{}'],
    // Of a time of which there is no report: an old one, a young one, one of another database's report.
    [`${stamp(daysAgo(700))}.bot.json`, '{}'],
    [`${stamp(daysAgo(50))}.bot.json`, '{}'],
    [`${foreign}.bot.json`, '{}'],
    // Nobody can say what it is.
    [`${stamp(daysAgo(1200))}.json`, 'torn'],
    [`${stamp(daysAgo(1200))}.html`, 'page'],
    ['notes.txt', 'somebody keeps this here'],
  ] as const) writeFileSync(join(folder, name), text)
  const before = filesOf(place)
  const goes = [`${old[0]!}-ready.bot.json`, `${old[0]!}.html`, `${old[0]!}.json`, `${old[1]!}.html`, `${old[1]!}.json`, `${stamp(daysAgo(700))}.bot.json`]

  const dry = await documentOf<Pruned>(backupPrune(place.input, { dryRun: true }))
  expect(dry).toMatchObject({ exitCode: 0, kept: [], deleted: [], reports: { kept: 50 } })
  expect([...dry.reports.deleted].sort()).toEqual(goes.map((name) => join(folder, name)).sort())
  // What lists a report goes last.
  expect(dry.reports.deleted.slice(-2)).toEqual([`${old[1]!}.json`, `${old[0]!}.json`].map((name) => join(folder, name)))
  expect(filesOf(place)).toEqual(before)
  expect((await backupPrune(place.input, { dryRun: true })).text).toContain('reports: 50 kept, 6 files of older ones would go')

  expect(await documentOf<Pruned>(backupPrune(place.input, {}))).toMatchObject({ reports: dry.reports })
  expect(filesOf(place)).toEqual(before.filter((name) => !goes.includes(name)))
  expect(young.every((name) => filesOf(place).includes(`${name}.json`))).toBe(true)

  // Younger than a year: more than fifty are no reason.
  for (let index = 0; index < 10; index++) report(place.database, 100 + index)
  expect(await documentOf<Pruned>(backupPrune(place.input, {}))).toMatchObject({ reports: { kept: 58, deleted: { length: 5 } } })
})

test('the schedule does it as well, also where no backup goes', async () => {
  using base = await makeBase()
  using place = placeWith(base, NOW)
  mkdirSync(reportsFolder(place.database))
  for (let index = 0; index < 51; index++) report(place.database, 500 + index)
  const { jobs } = await documentOf<{ jobs: { job: string; done: boolean; results: string[] }[] }>(scheduleRun(place.input, {}))
  expect(jobs.find(({ job }) => job === 'prune')).toMatchObject({ done: true, results: [`${stamp(daysAgo(550))}.html`, `${stamp(daysAgo(550))}.json`].map((name) => join(reportsFolder(place.database), name)) })
  expect(filesOf(place)).toHaveLength(100)
})
