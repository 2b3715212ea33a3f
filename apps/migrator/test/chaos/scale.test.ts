import { statSync } from 'node:fs'
import { createLegacyDatabase, scratchFolder, startMigrator, watchMemory } from '@trivia/testkit'
import { expect, test } from 'vitest'
import { isFull } from './ground.ts'

const MB = 1_000_000

interface Measured {
  readonly bytes: number
  readonly seconds: number
  /** Of the whole process tree, without what is mapped from files. */
  readonly peak: number
}

async function measuredDeploy(scale: number): Promise<Measured> {
  using folder = scratchFolder('trivia-chaos-')
  const { path, rows } = createLegacyDatabase(folder.file('trivia.db'), {
    players: 300_000 * scale, sessions: 2_300_000 * scale, achievements: 300_000 * scale, rankings: 300_000 * scale, questions: 5000 * scale,
  })
  const bytes = statSync(path).size
  const start = performance.now()
  await using deploy = startMigrator(['deploy', '--json', '--database', path], { timeoutMs: 1_800_000 })
  const memory = watchMemory(deploy.pid)
  const run = await deploy.done
  const measured = { bytes, seconds: (performance.now() - start) / 1000, peak: memory.stop() }
  expect(run.exitCode, run.stdout).toBe(0)
  const result = run.deployJson()
  for (const [table, count] of Object.entries(rows).filter(([name]) => name !== 'schema_version')) {
    expect(result.preservation[table]).toMatchObject({ before: count, after: count, lost: 0, added: 0, quarantined: 0 })
  }
  console.log(`${Math.round(bytes / MB)} MB: ${measured.seconds.toFixed(0)} s, at most ${Math.round(measured.peak / MB)} MB of memory; ${JSON.stringify(result.durationsMs)}`)
  return measured
}

test.runIf(isFull)('450 MB go through with memory that does not grow with them', async () => {
  const small = await measuredDeploy(0.1)
  const large = await measuredDeploy(1)
  expect(large.bytes).toBeGreaterThan(450 * MB)
  expect(large.peak).toBeLessThan(400 * MB)
  expect(large.peak - small.peak).toBeLessThan(100 * MB)
})
