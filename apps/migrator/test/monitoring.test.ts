import { existsSync, readFileSync } from 'node:fs'
import { addMigration, copyPrismaDir, runMigrator, type ScratchFolder, scratchFolder, startMigrator } from '@trivia/testkit'
import { expect, test } from 'vitest'
import type { Alert } from '../src/alerts/alert.ts'
import { deliverersOf, startReceiver } from './alert-receiver.ts'
import { deployedDatabase } from './deployed.ts'

const base = deployedDatabase()

/** A folder of migrations with one more, which fails. */
function failingMigrations(folder: ScratchFolder): string {
  const prismaDir = copyPrismaDir(folder.file('prisma'))
  addMigration(prismaDir, '30000101000000_fails', 'INSERT INTO nothing_of_that_name VALUES (1);')
  return prismaDir
}

test('every command writes its metrics, also one that fails, and its result stays what it is', async () => {
  using folder = scratchFolder()
  const database = base.copyTo(folder)
  const prismaDir = failingMigrations(folder)
  const metrics = (): string => readFileSync(folder.file('trivia.prom'), 'utf8')
  const flags = ['--database', database, '--metrics-file', 'trivia.prom', '--json']
  const failed = await runMigrator(['deploy', '--prisma-dir', prismaDir, ...flags], { cwd: folder.path })
  expect(failed.exitCode).toBe(4)
  expect(failed.json()).toMatchObject({ outcome: 'failed' })
  expect(metrics()).toMatch(/last_run_exit_code\{.*command="deploy"\} 4\n/)
  expect(metrics()).toMatch(/pending_migrations\{.*\} 1\n/)
  for (const command of ['rehearse', 'backup', 'check', 'deploy']) expect((await runMigrator([command, ...flags], { cwd: folder.path })).exitCode, command).toBe(0)
  for (const command of ['rehearse', 'backup', 'check', 'deploy']) expect(metrics()).toContain(`command="${command}"} 0\n`)
  expect(metrics()).toMatch(/last_run_memory_peak_bytes\{.*\} \d{8,}\n/)

  const unwritable = await runMigrator(['check', '--database', database, '--metrics-file', folder.file('none', 'x.prom'), '--json'])
  expect(unwritable.exitCode).toBe(0)
  expect(unwritable.json()).toMatchObject({ ok: true })
  expect(unwritable.stderr).toContain('Warning: The metrics file')
})

test('a failed deploy is told by webhook; without one nothing is left behind', async () => {
  using folder = scratchFolder()
  const database = base.copyTo(folder)
  const prismaDir = failingMigrations(folder)
  await using receiver = await startReceiver(500, 204)
  const args = ['deploy', '--database', database, '--prisma-dir', prismaDir, '--json']
  expect((await runMigrator(args)).exitCode).toBe(4)
  expect(existsSync(`${database}.monitoring`)).toBe(false)
  const run = await runMigrator(args, { env: { ALERT_WEBHOOK_URL: receiver.url } })
  expect({ exitCode: run.exitCode, stderr: run.stderr.includes('Warning') }).toEqual({ exitCode: 4, stderr: false })
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBeGreaterThan(1)
  const alerts = receiver.received.map(({ body }) => JSON.parse(body) as Alert)
  expect(alerts[1]).toMatchObject({ name: 'migration_failed', status: 'firing', severity: 'critical', database, id: alerts[0]!.id })
})

test('a receiver that never answers does not hold a deploy up', async () => {
  using folder = scratchFolder()
  const database = base.copyTo(folder)
  const prismaDir = failingMigrations(folder)
  await using receiver = await startReceiver('never')
  const time = async (env: Record<string, string>): Promise<number> => {
    const began = performance.now()
    const run = await runMigrator(['deploy', '--database', database, '--prisma-dir', prismaDir, '--json'], { env })
    expect(run.exitCode).toBe(4)
    return performance.now() - began
  }
  const without = Math.min(await time({}), await time({}))
  const beside = Math.min(await time({ ALERT_WEBHOOK_URL: receiver.url }), await time({ ALERT_WEBHOOK_URL: receiver.url }))
  expect(beside - without).toBeLessThan(Math.max(400, without * 0.3))
  await expect.poll(() => receiver.received.length, { timeout: 15_000 }).toBeGreaterThan(0)
  for (const pid of deliverersOf(database)) process.kill(pid, 'SIGKILL')
})

test('status --watch goes on until it is interrupted, and ends with 0', async () => {
  using folder = scratchFolder()
  const database = base.copyTo(folder)
  await using watch = startMigrator(['status', '--watch', '--interval', '0.2', '--database', database])
  await watch.waitFor(/slowest[^]*slowest/)
  process.kill(watch.pid, 'SIGINT')
  const { exitCode, stdout, stderr } = await watch.done
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain('version ')
  await using machine = startMigrator(['status', '--watch', '--interval', '0.2', '--json', '--database', database])
  await machine.waitFor(/\n.*\n/)
  process.kill(machine.pid, 'SIGINT')
  for (const line of (await machine.done).stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ database })
})
