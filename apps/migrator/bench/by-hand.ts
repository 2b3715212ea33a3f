import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runPrisma } from '../src/prisma/cli.ts'

/** How long each of the guide's steps took, in milliseconds. */
export interface ByHand {
  readonly steps: Readonly<Record<'backup before' | 'checks before' | 'prisma migrate deploy' | 'checks after' | 'backup after', number>>
  readonly totalMs: number
}

/** The guide's five steps as a careful person types them: sqlite3 and the bare Prisma CLI, one after the other. */
export async function deployByHand(ground: string, prismaDir: string, folder: string): Promise<ByHand> {
  mkdirSync(folder, { recursive: true })
  const database = join(folder, 'trivia.db')
  cpSync(ground, database)
  const start = performance.now()
  const backup = (name: string) => (): void => sqlite(database, `.backup '${join(folder, name)}'`)
  const checks = (): void => {
    sqlite(database, 'PRAGMA integrity_check;')
    sqlite(database, 'PRAGMA foreign_key_check;')
  }
  const steps = {
    'backup before': await timed(backup('before.db')),
    'checks before': await timed(checks),
    'prisma migrate deploy': await timed(async () => migrateBarely(database, prismaDir)),
    'checks after': await timed(checks),
    'backup after': await timed(backup('after.db')),
  }
  return { steps, totalMs: performance.now() - start }
}

/** `prisma migrate deploy` on the live file, and nothing else. */
export async function migrateBarely(database: string, prismaDir: string): Promise<void> {
  const { exitCode, output } = await runPrisma({ database, prismaDir }, ['migrate', 'deploy'])
  if (exitCode !== 0) throw new Error(output)
}

function sqlite(database: string, command: string): void {
  const output = execFileSync('sqlite3', [database, command], { encoding: 'utf8' }).trim()
  if (output !== '' && output !== 'ok') throw new Error(output)
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
