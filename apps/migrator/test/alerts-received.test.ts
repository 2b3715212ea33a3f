import { appendFileSync, closeSync, openSync, readdirSync, renameSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { addMigration, runMigrator, scratchFolder } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { type Alert, alertNames } from '../src/alerts/alert.ts'
import { listBackups } from '../src/backups/store.ts'
import { SECRET, startReceiver, verified } from './alert-receiver.ts'
import { execute } from './deploying.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()
const BROKEN = '20300101000000_broken'

test('each alert is received once by a real receiver, and taken back when it is well again', async () => {
  using folder = scratchFolder()
  await using receiver = await startReceiver(200)
  const { database, prisma } = base.copyWithMigrations(folder)
  const backups = folder.file('backups')
  const all: Alert[] = []
  /** Runs a command as an operator does, and gives the news that it has sent. */
  const run = async (command: string, env: Record<string, string> = {}): Promise<string[]> => {
    await runMigrator([...command.split(' '), '--database', database, '--json'], { env: { ALERT_WEBHOOK_URL: receiver.url, ALERT_WEBHOOK_SECRET: SECRET, ALERT_WAIT_SECONDS: '20', ...env } })
    const news = verified(receiver.received.splice(0))
    all.push(...news)
    return news.map(({ name, status }) => `${name} ${status}`)
  }

  // No backup was ever made, and none can be: a file is where the folder should be.
  writeFileSync(backups, '')
  expect(await run('backup')).toEqual(['backup_failed firing', 'backup_too_old firing'])
  expect(await run('backup')).toEqual([])
  renameSync(backups, folder.file('old'))
  const tried = { ALERT_RESTORE_MAX_AGE_DAYS: '7' }
  expect(await run('backup', tried)).toEqual(['backup_failed resolved', 'backup_too_old resolved', 'restore_not_verified firing'])
  expect(await run('backup drill', tried)).toEqual(['restore_not_verified resolved'])
  expect(await run('check', { ALERT_BACKUP_MAX_AGE_HOURS: '0.000001' })).toEqual(['backup_too_old firing'])
  expect(await run('check')).toEqual(['backup_too_old resolved'])

  // A backup that somebody changed, beside a good one.
  expect(await run('backup')).toEqual([])
  const [good, spoilt] = listBackups(backups).map(({ name }) => name)
  execute(join(backups, spoilt!), 'UPDATE users SET total_points = 1')
  expect(await run(`backup verify ${spoilt!}`)).toEqual(['backup_damaged firing'])
  expect(await run(`backup verify ${good!}`)).toEqual(['backup_damaged resolved'])
  expect(await run(`restore ${spoilt!}`)).toEqual(['restore_failed firing'])
  // Another reason, and so it is told again.
  expect(await run(`backup drill ${spoilt!}`)).toEqual(['restore_failed firing'])
  expect(await run(`restore ${good!}`)).toEqual(['restore_failed resolved'])

  // Deploys: slow by its budget, with a migration that loses rows, and with one that somebody edited.
  const deploy = `deploy --prisma-dir ${prisma}`
  expect(await run(deploy, { ALERT_DEPLOY_BUDGET_SECONDS: '0.001' })).toEqual(['deploy_over_budget firing'])
  expect(await run(deploy)).toEqual(['deploy_over_budget resolved'])

  // An archiving that would take rows of somebody's own table with it.
  execute(database, 'CREATE TABLE cheers (session_id INTEGER REFERENCES game_sessions (id) ON DELETE CASCADE); INSERT INTO cheers SELECT id FROM game_sessions')
  writeFileSync(`${database}.accepted.json`, JSON.stringify({ accepted: [{ kind: 'extra', type: 'table', name: 'cheers', why: 'test' }] }))
  expect(await run('archive --older-than 7d')).toEqual(['archive_failed firing'])
  execute(database, 'DROP TABLE cheers')
  expect(await run('archive --older-than 7d')).toEqual(['archive_failed resolved'])

  addMigration(prisma, BROKEN, 'DELETE FROM user_achievements;')
  expect(await run(deploy)).toEqual(['migration_failed firing'])
  expect(await run(deploy)).toEqual([])
  rmSync(join(prisma, 'migrations', BROKEN), { recursive: true })
  const [first] = readdirSync(join(prisma, 'migrations')).sort()
  const edited = join(prisma, 'migrations', first!, 'migration.sql')
  const { size } = statSync(edited)
  appendFileSync(edited, '-- edited\n')
  expect(await run(deploy)).toEqual(['migration_failed resolved', 'deploy_refused firing'])
  truncateSync(edited, size)
  expect(await run(deploy)).toEqual(['deploy_refused resolved'])

  // A file as long as this disk has room, most of it holes: a deploy would copy all of it.
  execute(database, 'PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE')
  const bytes = statSync(database).size
  const { bavail, bsize } = statfsSync(folder.path)
  truncateSync(database, bavail * bsize)
  expect(await run('backup list')).toEqual([])
  expect(await run('check')).toEqual(['disk_too_small firing'])
  truncateSync(database, bytes)
  expect(await run('check')).toEqual(['disk_too_small resolved'])

  const descriptor = openSync(database, 'r+')
  for (let page = 6; page < 14; page++) writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  closeSync(descriptor)
  expect(await run('check')).toEqual(['integrity_failed firing'])

  // All of the list, with their words, each as often as it had a new reason.
  const firing = all.filter(({ status }) => status === 'firing')
  expect([...new Set(firing.map(({ name }) => name))].sort()).toEqual([...alertNames].sort())
  expect(new Set(firing.map(({ name, summary }) => `${name} ${summary}`)).size).toBe(firing.length)
  for (const alert of all) for (const text of [alert.summary, alert.what, alert.why, alert.next]) expect(text, alert.name).toMatch(/\S/)
}, 120_000)
