import { countedCalls, type DiskCall, type DiskFault, diskFaultEnvironment, type MigratorRun, runMigrator, type ScratchFolder, scratchFolder, seededRandom } from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { contentOf, expectNextDeployFinishes, expectTidy } from './expectations.ts'
import { isFull, placeDatabase } from './ground.ts'
import { Tally } from './tally.ts'

const ground = inject('ground')
const { path: library, missing } = ground.diskFaults
if (missing !== null) console.log(`Skipped: failing deploys, because ${missing}.`)

const CALLS: readonly DiskCall[] = ['write', 'sync', 'truncate', 'unlink', 'rename', 'create']
const faults = [['ENOSPC', 1], ['EIO', 1], ['ENOSPC', 0]] as const
const TRIES = isFull ? 60 : 3

describe.skipIf(library === null)('a whole deploy on a failing disk', () => {
  /** Every file in the data's folder can fail: the database, the lock, the backups, the copies at work. */
  const faulty = (database: string, folder: ScratchFolder, fault: Partial<DiskFault>): Promise<MigratorRun> =>
    runMigrator(['deploy', '--json', '--database', database], {
      env: diskFaultEnvironment(library ?? '', { paths: [`${folder.file('data')}/*`], calls: CALLS, counter: folder.file('counter'), ...fault }),
    })

  test.each(isFull ? faults : faults.slice(0, 2))(`%s, for %i calls (0: from there on), at ${TRIES} of all calls`, async (action, lasting) => {
    const random = seededRandom(action.length + lasting)
    const tally = new Tally(`a whole deploy: ${action}${lasting === 0 ? ' for good' : ''}`)
    let total = 1600
    for (let attempt = 0; attempt < TRIES; attempt++) {
      using folder = scratchFolder('trivia-chaos-')
      const database = placeDatabase(ground, folder.file('data'), random.pick(['wal', 'delete'] as const))
      const at = random.integer(1, total)
      const run = await faulty(database, folder, { at, action, lasting })
      if (run.exitCode === 0) total = Math.max(at, countedCalls(folder.file('counter')))
      const content = contentOf(database, ground)
      const { error, outcome } = run.deployJson()
      const what = `call ${at}: ${JSON.stringify(error)} ${run.stderr}`
      tally.count(`exit ${run.exitCode} ${error?.code ?? outcome} ${content}`)
      expect([0, 3, 4, 5], what).toContain(run.exitCode)
      if (run.exitCode === 0) expect(content, what).toBe('new')
      if (run.exitCode === 3 || run.exitCode === 4) expect(content, what).toBe('old')
      if (isFull || attempt === 0) await expectNextDeployFinishes(database, ground)
      // On a disk that stays broken nothing can be tidied.
      else if (lasting === 1 && run.exitCode !== 5) expectTidyButFor(database, what)
    }
    tally.print()
  })

  const expectTidyButFor = (database: string, what: string): void => {
    try {
      expectTidy(database)
    } catch (error) {
      throw new Error(`Something was left behind after ${what}`, { cause: error })
    }
  }
})
