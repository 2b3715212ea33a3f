import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { countedCalls, databaseFiles, diskFaultEnvironment, type DiskEvent, fileHash, readDiskLog, runMigrator, scratchFolder, seededRandom, startOpenTransaction, type Survival, UncertainDisk } from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { contentOf, expectTidy } from './expectations.ts'
import { isFull, journalModes, placeDatabase } from './ground.ts'
import { publishCandidate } from './publish-candidate.ts'
import { Tally } from './tally.ts'

const ground = inject('ground')
const { path: library, missing } = ground.diskFaults
if (missing !== null) console.log(`Skipped: power losses, because ${missing}.`)

describe.skipIf(library === null).each(journalModes)('a power loss in %s mode', (mode) => {
  // The last connection that is closed syncs everything. While the bot has the database open there is no such.
  const company = mode === 'wal' ? (['nobody else', 'a reader in a transaction'] as const) : (['nobody else'] as const)
  test.each(company)('at any moment of a publish leaves the old or the new content, and the new one after success, with %s', async (others) => {
    using folder = scratchFolder('trivia-chaos-')
    const data = folder.file('data')
    const database = placeDatabase(ground, data, mode)
    await using reader = others === 'nobody else' ? null : await startOpenTransaction(database)
    const before = new UncertainDisk(databaseFiles(database))
    const log = folder.file('log')
    const { exitCode, result, stderr } = await publishCandidate(database, ground.candidate, diskFaultEnvironment(library ?? '', { paths: [...databaseFiles(database), data], counter: folder.file('counter'), log }))
    expect(exitCode, JSON.stringify(result?.error) + stderr).toBe(0)
    expect(countedCalls(folder.file('counter'))).toBeGreaterThan(50)

    const tally = new Tally(`${mode}: power losses with ${others}`)
    const events = readDiskLog(log)
    await reader?.stop()
    const random = seededRandom(mode.length)
    const every = isFull ? 1 : 4
    const disk = before
    for (const [index, event] of events.entries()) {
      disk.take(event)
      const isLast = index === events.length - 1
      if (!isLast && index % every !== 0) continue
      const survivals: Survival[] = isLast ? ['none', 'all', ...Array<Survival>(10).fill(random)] : ['none', 'all', ...Array<Survival>(isFull ? 4 : 1).fill(random)]
      for (const survival of survivals) {
        using after = scratchFolder('trivia-chaos-')
        disk.writeTo(after.path, data, survival)
        const content = contentOf(join(after.path, 'trivia.db'), ground)
        tally.count(isLast ? `${content} after success` : content)
        if (isLast) expect(content, 'what was reported as deployed is gone').toBe('new')
      }
    }
    tally.print()
  })

  test('after a whole deploy takes nothing of what was reported', async () => {
    using folder = scratchFolder('trivia-chaos-')
    const data = folder.file('data')
    const database = placeDatabase(ground, data, mode)
    const disk = new UncertainDisk(databaseFiles(database))
    const log = folder.file('log')
    const env = diskFaultEnvironment(library ?? '', { paths: [`${data}*`], counter: folder.file('counter'), log })
    const run = await runMigrator(['deploy', '--json', '--database', database], { env })
    expect(run.exitCode, run.stderr).toBe(0)
    const events: DiskEvent[] = readDiskLog(log)
    for (const event of events) disk.take(event)
    const { backups } = run.deployJson()

    for (const survival of ['none', 'all'] as const) {
      using after = scratchFolder('trivia-chaos-')
      disk.writeTo(after.path, data, survival)
      expect(contentOf(join(after.path, 'trivia.db'), ground)).toBe('new')
      const left = readdirSync(join(after.path, 'backups'))
      for (const path of [backups.pre, backups.post]) {
        if (path === null) throw new Error('The deploy made no backup.')
        const name = path.slice(join(data, 'backups').length + 1)
        expect(left).toContain(name)
        expect(left).toContain(`${name}.json`)
        expect(fileHash(join(after.path, 'backups', name)), name).toBe(fileHash(path))
      }
    }
    expectTidy(database)
  })
})
