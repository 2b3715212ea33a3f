import { setTimeout as sleep } from 'node:timers/promises'
import { type ScratchFolder, scratchFolder, seededRandom, startMigrator } from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { stepNames } from '../../src/pipeline/steps.ts'
import { contentOf, expectNextDeployFinishes } from './expectations.ts'
import { isFull, type JournalMode, journalModes, placeDatabase } from './ground.ts'
import { Tally } from './tally.ts'

const ground = inject('ground')
/** Kills in each journal mode. In the short version, deploys are killed one after the other before one may finish. */
const KILLS = isFull ? 35 : 5

/** Starts a deploy, kills its whole process group when `moment` comes, and says which content is there then. */
async function killedDeploy(database: string, moment: (deploy: ReturnType<typeof startMigrator>) => Promise<unknown>): Promise<string> {
  await using deploy = startMigrator(['deploy', '--verbose', '--database', database])
  await Promise.race([moment(deploy), deploy.done])
  await deploy.kill()
  const { exitCode } = await deploy.done
  const content = contentOf(database, ground)
  if (exitCode === 0) expect(content).toBe('new')
  return `${exitCode === null ? 'killed' : `ended (${exitCode})`}, ${content}`
}

describe.each(journalModes)('a deploy that is killed in %s mode', (mode: JournalMode) => {
  test(`at ${KILLS} random moments`, async () => {
    const tally = new Tally(`${mode}: killed at random`)
    const random = seededRandom(mode === 'wal' ? 1 : 2)
    let place: { folder: ScratchFolder; database: string } | null = null
    try {
      for (let kill = 1; kill <= KILLS; ) {
        if (place === null) {
          const folder = scratchFolder('trivia-chaos-')
          place = { folder, database: placeDatabase(ground, folder.file('data'), mode) }
        }
        const outcome = await killedDeploy(place.database, () => sleep(random.next() * ground.deployMs))
        tally.count(outcome)
        // One that was too fast was not killed.
        if (outcome.startsWith('killed')) kill++
        if (!isFull && kill <= KILLS && outcome.endsWith('old')) continue
        await expectNextDeployFinishes(place.database, ground)
        place.folder.remove()
        place = null
      }
    } finally {
      place?.folder.remove()
    }
    tally.print()
  })

  test.runIf(isFull || mode === 'wal')('at the beginning of each step, one after the other', async () => {
    using folder = scratchFolder('trivia-chaos-')
    const database = placeDatabase(ground, folder.file('data'), mode)
    const seen: string[] = []
    for (const step of stepNames) {
      const outcome = await killedDeploy(database, (deploy) => deploy.waitFor(new RegExp(`^… ${step} `, 'm')).catch(() => {}))
      seen.push(`${step}: ${outcome}`)
      if (outcome.endsWith('new')) break
    }
    await expectNextDeployFinishes(database, ground)
    console.log(`${mode}: ${seen.join('; ')}`)
    // The deploys before the publish leave the old content, whatever they were at.
    expect(seen.slice(0, stepNames.indexOf('publish')).filter((outcome) => !outcome.endsWith('killed, old'))).toEqual([])
  })

  test.runIf(isFull)('at the beginning of each step, with a deploy after each', async () => {
    for (const step of stepNames) {
      using folder = scratchFolder('trivia-chaos-')
      const database = placeDatabase(ground, folder.file('data'), mode)
      await killedDeploy(database, (deploy) => deploy.waitFor(new RegExp(`^… ${step} `, 'm')))
      await expectNextDeployFinishes(database, ground)
    }
  })
})
