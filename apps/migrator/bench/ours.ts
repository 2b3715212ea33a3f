import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startMigrator, watchMemory } from '@trivia/testkit'

/** A deploy as it was measured. */
export interface Measured {
  readonly totalMs: number
  readonly writersHeldMs: number
  /** Private memory of the whole process tree at its peak, in bytes. */
  readonly peakBytes: number
  readonly steps: Readonly<Record<string, number>>
}

const HOURS = 3_600_000

/** `migrator deploy` on a copy of the database in a folder. */
export async function deployWithMigrator(ground: string, prismaDir: string, folder: string): Promise<Measured> {
  mkdirSync(folder, { recursive: true })
  const database = join(folder, 'trivia.db')
  cpSync(ground, database)
  return await deployInPlace(database, prismaDir)
}

/** `migrator deploy` on the database that is there. */
export async function deployInPlace(database: string, prismaDir: string): Promise<Measured> {
  const start = performance.now()
  await using run = startMigrator(['deploy', '--json', '--database', database, '--prisma-dir', prismaDir], { timeoutMs: 2 * HOURS })
  const memory = watchMemory(run.pid)
  const done = await run.done
  const totalMs = performance.now() - start
  const result = done.deployJson()
  if (done.exitCode !== 0) throw new Error(done.stdout)
  return { totalMs, writersHeldMs: result.writersHeldMs, peakBytes: memory.stop(), steps: result.durationsMs }
}
