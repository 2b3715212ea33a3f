import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLegacyDatabase, repositoryRoot, type ScratchFolder, scratchFolder } from '@trivia/testkit'
import { type Manifest, manifestPath } from '../src/backups/manifest.ts'
import type { CommandInput, CommandResult } from '../src/commands/command.ts'
import { EXIT, MigratorError, reportOf } from '../src/errors.ts'
import { deploy, execute } from './deploying.ts'

/** A place with a database of the newest version, and a clock that the test moves. */
export interface Place extends Disposable {
  readonly folder: ScratchFolder
  readonly database: string
  readonly backupDir: string
  /** What is set in the environment. */
  readonly env: NodeJS.ProcessEnv
  readonly input: CommandInput
  moveTo(time: string): void
}

/** Makes a small database of the newest version once; `placeWith` copies it. */
export async function makeBase(): Promise<ScratchFolder> {
  const folder = scratchFolder()
  const { path } = createLegacyDatabase(folder.file('base.db'), { players: 6, questions: 12, sessions: 10, achievements: 4, rankings: 4 })
  const { error } = await deploy(path)
  if (error !== null) throw new Error(error.why)
  return folder
}

/** A copy of the base, in a folder of its own, at a time. */
export function placeWith(base: ScratchFolder, time = '2026-03-02T03:00:00.000Z'): Place {
  const folder = scratchFolder()
  const database = folder.file('trivia.db')
  execute(base.file('base.db'), `VACUUM INTO '${database}'`)
  execute(database, 'PRAGMA journal_mode = WAL')
  return placeOf(folder, database, time)
}

/** The same for a database that is there already. */
export function placeOf(folder: ScratchFolder, database: string, time: string): Place {
  let now = new Date(time)
  const env: NodeJS.ProcessEnv = {}
  const backupDir = folder.file('backups')
  const input: CommandInput = {
    settings: { database, backupDir, prismaDir: join(repositoryRoot, 'prisma') },
    json: true, quiet: false, verbose: false, terminal: { stdout: process.stdout, stderr: process.stderr, env }, cwd: folder.path, argv: [], now: () => now, signal: new AbortController().signal,
  }
  return { folder, database, backupDir, env, input, moveTo: (to) => void (now = new Date(to)), [Symbol.dispose]: () => folder.remove() }
}

/** What a command prints with --json, also where it refuses. */
export async function documentOf<T = Readonly<Record<string, unknown>>>(result: Promise<CommandResult>): Promise<T> {
  try {
    return (await result).json as T
  } catch (error) {
    if (error instanceof MigratorError) return { outcome: error.exitCode === EXIT.manual ? 'failed' : 'refused', exitCode: error.exitCode, error: reportOf(error) } as T
    throw error
  }
}

/** Changes what stands in a backup's manifest. */
export function changeManifest(backup: string, change: Partial<Manifest>): void {
  const manifest = JSON.parse(readFileSync(manifestPath(backup), 'utf8')) as Manifest
  writeFileSync(manifestPath(backup), JSON.stringify({ ...manifest, ...change }))
}
