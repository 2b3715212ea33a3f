import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { runMigrator, scratchFolder } from '@trivia/testkit'
import { describe, expect, inject, test } from 'vitest'
import { contentOf, expectTidy } from './expectations.ts'
import { isFull, placeDatabase } from './ground.ts'

const ground = inject('ground')

/** A disk of this size, which goes away with the block; null where this user may not mount one. */
function smallDisk(kilobytes: number): ({ path: string } & Disposable) | null {
  const folder = scratchFolder('trivia-chaos-')
  const path = folder.file('disk')
  mkdirSync(path)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path])
  if (status !== 0) {
    folder.remove()
    return null
  }
  return {
    path,
    [Symbol.dispose]: () => {
      spawnSync('umount', [path])
      folder.remove()
    },
  }
}

const canMount = ((): boolean => {
  using disk = smallDisk(64)
  return disk !== null
})()
if (!canMount) console.log('Skipped: small disks, because this user may not mount a tmpfs.')

const sizes = isFull ? [256, 400, 600, 800, 1200, 2000, 4000, 6000, 8000, 8600, 8800, 9000, 9500, 12_000, 20_000] : [300, 8000, 20_000]

describe.skipIf(!canMount).each(sizes)('a disk of %i kB', (kilobytes) => {
  test('takes the deploy, or makes it refuse', async () => {
    using disk = smallDisk(kilobytes)
    if (disk === null) throw new Error('The disk could not be mounted.')
    const database = placeDatabase(ground, disk.path, kilobytes % 3 === 0 ? 'delete' : 'wal')
    const run = await runMigrator(['deploy', '--json', '--database', database])
    const { error } = run.deployJson()
    const content = contentOf(database, ground)
    expect([0, 3], run.stdout).toContain(run.exitCode)
    expect(content).toBe(run.exitCode === 0 ? 'new' : 'old')
    if (run.exitCode === 3) expect(error?.code).toBe('DISK_FULL')
    expectTidy(database)
  })
})
