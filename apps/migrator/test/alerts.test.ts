import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { afterCommand } from '../src/alerts/after-command.ts'
import { alertNames } from '../src/alerts/alert.ts'
import { decide } from '../src/alerts/decide.ts'
import { suppress } from '../src/alerts/suppress.ts'
import { readThresholds } from '../src/alerts/thresholds.ts'
import { collectFacts } from '../src/metrics/collect.ts'
import { monitoringFolder } from '../src/metrics/folder.ts'
import { type EndedRun, recordRun } from '../src/metrics/run-record.ts'
import { ended, settingsIn } from './alert-receiver.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

test('every alert of the list has its reason, and its words', () => {
  using folder = scratchFolder()
  const settings = settingsIn(folder, base)
  const { thresholds } = readThresholds({ ALERT_RESTORE_MAX_AGE_DAYS: '7', ALERT_DEPLOY_BUDGET_SECONDS: '60' })
  const facts = { ...collectFacts(settings, new Date(), 0), diskProblem: { what: 'Small.', why: 'Full.', next: 'Clean.' } }
  const firing = (run: EndedRun): string[] => {
    const record = recordRun(run, null)
    return decide(record, { ...facts, runs: [record] }, thresholds).flatMap(({ name, firing: finding }) => {
      if (finding === null) return []
      for (const text of [finding.summary, finding.what, finding.why, finding.next, finding.cause]) expect(text, name).toMatch(/\S/)
      return [name]
    })
  }
  const error = (code: string): object => ({ error: { code, what: 'W.', why: 'Y.', next: 'N.' } })
  const all = new Set([
    ...firing(ended('deploy', 4, error('ROWS_NOT_PRESERVED'))),
    ...firing(ended('deploy', 3, error('DEPLOY_RUNNING'))),
    ...firing(ended('deploy', 0, { outcome: 'deployed', durationsMs: { verify: 50_000, migrate: 30_000 } }, 90_000)),
    ...firing(ended('deploy', 3, error('DATABASE_CORRUPT'))),
    ...firing(ended('archive', 4, error('ROWS_NOT_PRESERVED'))),
    ...firing(ended('backup', 3, error('DISK_FULL'))),
    ...firing(ended('backup verify', 3, error('BACKUP_DAMAGED'))),
    ...firing(ended('backup drill', 3, error('RESTORE_DRILL_FAILED'))),
  ])
  expect([...alertNames].filter((name) => !all.has(name))).toEqual([])
  const job = (name: string, ok: boolean, done = true): object => ({ job: name, done, why: '', results: [], ok, ...(ok ? { error: null } : error('DISK_FULL')) })
  const verdicts = (...jobs: object[]): unknown[] => decide(recordRun(ended('schedule run', 3, { jobs }), null), facts, thresholds).filter(({ name }) => name === 'backup_failed' || name === 'restore_failed').map(({ name, firing: finding }) => `${name} ${finding === null ? 'well' : finding.summary}`)
  expect(verdicts(job('daily', false), job('drill', true))).toEqual(['backup_failed A scheduled job failed (daily): DISK_FULL', 'restore_failed well'])
  expect(verdicts(job('daily', true), job('copy', true, false), job('drill', false))).toEqual(['backup_failed well', 'restore_failed A backup could not be restored in a drill (drill): DISK_FULL'])
  expect(verdicts(job('daily', true, false), job('drill', true, false))).toEqual([])
  expect(firing(ended('deploy', 2, error('WRONG_USAGE')))).toEqual([])
  expect(firing(ended('deploy', 1, 'no document'))).toContain('migration_failed')
  expect(firing(ended('deploy', 3, error('DATABASE_CORRUPT')))).not.toContain('deploy_refused')
})

test('the same alert is told once an hour, another cause at once, the end of it once', () => {
  const finding = { name: 'migration_failed', severity: 'critical', cause: 'A', summary: 's', what: 'w', why: 'y', next: 'n' } as const
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 24, 3, minute))
  const told = suppress({ name: finding.name, firing: finding }, null, at(0), 3600)
  expect(told.tell?.status).toBe('firing')
  const again = (minute: number, cause = 'A') => suppress({ name: finding.name, firing: { ...finding, cause } }, told.remember, at(minute), 3600).tell?.status ?? null
  expect([again(1), again(59), again(60), again(1, 'B'), again(-5)]).toEqual([null, null, 'firing', 'firing', 'firing'])
  expect(suppress({ name: finding.name, firing: null }, told.remember, at(5), 3600)).toMatchObject({ tell: { status: 'resolved' }, remember: null })
  expect(suppress({ name: finding.name, firing: null }, null, at(5), 3600)).toEqual({ tell: null, remember: null })
})

test('a wrong threshold is told, and its default holds', () => {
  const { thresholds, problems } = readThresholds({ ALERT_DEPLOY_BUDGET_SECONDS: 'soon', ALERT_BACKUP_MAX_AGE_HOURS: '-1', ALERT_REPEAT_MINUTES: '5' })
  expect(thresholds).toMatchObject({ deployBudgetSeconds: 300, backupMaxAgeSeconds: 26 * 3600, repeatSeconds: 300, restoreMaxAgeSeconds: null, waitSeconds: 0 })
  expect(problems).toHaveLength(2)
})

test('without a file and a receiver nothing is left behind', async () => {
  using folder = scratchFolder()
  const settings = settingsIn(folder, base)
  await afterCommand({ settings, metricsFile: null, env: {}, warn: () => {} }, ended('deploy', 4, {}))
  expect(existsSync(monitoringFolder(settings.database))).toBe(false)
  // Whoever may read the database may read what is known of it.
  chmodSync(settings.database, 0o640)
  await afterCommand({ settings, metricsFile: folder.file('a.prom'), env: {}, warn: () => {} }, ended('deploy', 4, {}))
  expect(readdirSync(monitoringFolder(settings.database)).sort()).toEqual(['history', 'runs'])
})
