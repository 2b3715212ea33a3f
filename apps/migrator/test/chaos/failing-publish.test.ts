import { countedCalls, databaseFiles, type DiskCall, type DiskFault, diskFaultEnvironment, type ScratchFolder, scratchFolder, seededRandom } from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { contentOf, expectNextDeployFinishes, expectTidy } from './expectations.ts'
import { isFull, journalModes, placeDatabase } from './ground.ts'
import { publishCandidate, type PublishRun } from './publish-candidate.ts'
import { Tally } from './tally.ts'

const ground = inject('ground')
const { path: library, missing } = ground.diskFaults
if (missing !== null) console.log(`Skipped: failing publishes, because ${missing}.`)

const CALLS: readonly DiskCall[] = ['write', 'sync', 'truncate', 'unlink', 'create']
/** How many calls of a publish the short version tries. */
const SAMPLE = 1

describe.skipIf(library === null)('a publish whose disk fails', () => {
  const faulty = (database: string, folder: ScratchFolder, fault: Partial<DiskFault>): Promise<PublishRun> => {
    const whole: DiskFault = { paths: databaseFiles(database), calls: CALLS, counter: folder.file('counter'), ...fault }
    return publishCandidate(database, ground.candidate, diskFaultEnvironment(library ?? '', whole))
  }

  describe.each(journalModes)('in %s mode', (mode) => {
    let total: Promise<number> | undefined
    const countCalls = (): Promise<number> => (total ??= count())
    const count = async (): Promise<number> => {
      using folder = scratchFolder('trivia-chaos-')
      const database = placeDatabase(ground, folder.file('data'), mode)
      const { exitCode, result, stderr } = await faulty(database, folder, {})
      expect(exitCode, JSON.stringify(result?.error) + stderr).toBe(0)
      expect(contentOf(database, ground)).toBe('new')
      return countedCalls(folder.file('counter'))
    }

    /** Which calls to try: all of them, or the last ones and a seeded sample of the others. */
    const tried = (total: number, seed: number, every = 1): number[] => {
      const random = seededRandom(seed)
      if (isFull) return Array.from({ length: total }, (_, index) => index + 1).filter((number) => number % every === 0 || number > total - 30)
      return [...new Set([...Array.from({ length: SAMPLE }, () => random.integer(1, total)), total - 3])]
    }

    test.each([
      ['ENOSPC', 1, 1], ['EIO', 1, 1], ['ENOSPC', 0, 2], ['EIO', 0, 2],
    ] as const)('%s, for %i calls (0: from there on), at each call', async (action, lasting, every) => {
      const tally = new Tally(`${mode}: ${action}${lasting === 0 ? ' for good' : ''}`)
      for (const at of tried(await countCalls(), action.length + lasting, every)) {
        using folder = scratchFolder('trivia-chaos-')
        const database = placeDatabase(ground, folder.file('data'), mode)
        const { exitCode, result, stderr } = await faulty(database, folder, { at, action, lasting })
        const content = contentOf(database, ground)
        tally.count(`exit ${exitCode} ${result?.error?.code ?? ''} ${content}`)
        const what = `call ${at}: ${JSON.stringify(result?.error)} ${stderr}`
        expect([0, 3, 4, 5], what).toContain(exitCode)
        if (exitCode === 0) expect(content, what).toBe('new')
        if (exitCode === 3 || exitCode === 4) expect(content, what).toBe('old')
        await finishes(database, at)
      }
      tally.print()
    })

    test.each([['kill', 1], ['torn', 3]] as const)('killed (%s) at each call', async (action, every) => {
      const tally = new Tally(`${mode}: ${action}`)
      for (const at of tried(await countCalls(), 7 + every, every)) {
        using folder = scratchFolder('trivia-chaos-')
        const database = placeDatabase(ground, folder.file('data'), mode)
        const { exitCode, stderr } = await faulty(database, folder, { at, action })
        expect(exitCode, stderr).toBeNull()
        tally.count(contentOf(database, ground))
        await finishes(database, at)
      }
      tally.print()
    })

    test.runIf(isFull || mode === 'wal')('killed at each call that makes a backup', async () => {
      const tally = new Tally(`${mode}: killed at the backups`)
      for (let at = 1; ; at++) {
        using folder = scratchFolder('trivia-chaos-')
        const database = placeDatabase(ground, folder.file('data'), mode)
        const backups = folder.file('data', 'backups')
        const { exitCode } = await faulty(database, folder, { paths: [backups, `${backups}/trivia_*`], calls: [...CALLS, 'rename'], at, action: 'kill' })
        tally.count(`${exitCode === null ? 'killed' : 'ended'}, ${contentOf(database, ground)}`)
        if (exitCode !== null) break
        await finishes(database, at)
      }
      tally.print()
    })

    /** Mostly by the quick way; every so often by a whole deploy. */
    const finishes = async (database: string, at: number): Promise<void> => {
      if (isFull && at % 20 === 0) {
        await expectNextDeployFinishes(database, ground, { manifestOfSnapshot: false })
        return
      }
      const { exitCode, result, stderr } = await publishCandidate(database, ground.candidate)
      expect(exitCode, `after call ${at}: ${JSON.stringify(result?.error)} ${stderr}`).toBe(0)
      expect(contentOf(database, ground)).toBe('new')
      expectTidy(database, { manifestOfSnapshot: false })
    }
  })
})
