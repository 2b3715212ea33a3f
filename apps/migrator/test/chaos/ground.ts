import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createLegacyDatabase, type LegacyDatabase, type LegacyDatabaseOptions } from '@trivia/testkit'

/** Whether the long version runs: every call instead of a sample, many kills, a large database. */
export const isFull = process.env.CHAOS === 'full'

export type JournalMode = 'wal' | 'delete'
export const journalModes: readonly JournalMode[] = ['wal', 'delete']

/** What all of these tests start from; made once by global-setup.ts. */
export interface Ground {
  readonly folder: string
  /** The content before and after a deploy, as `databaseHash` sees it without what is volatile. */
  readonly oldContent: string
  readonly newContent: string
  /** How long a deploy takes here, in milliseconds. */
  readonly deployMs: number
  /** A candidate that a real deploy has proven. */
  readonly candidate: string
  /** The library that lets disks fail, or why there is none. */
  readonly diskFaults: { readonly path: string | null; readonly missing: string | null }
}

declare module 'vitest' {
  interface ProvidedContext {
    ground: Ground
  }
}

/** The database of the older system that these tests deploy. Small: each of its pages is a call to fail at. */
const options: LegacyDatabaseOptions = { seed: 20_260_601, players: 12, questions: 16, sessions: 24, achievements: 20, rankings: 20 }

export function createGroundDatabase(path: string, journalMode: JournalMode): LegacyDatabase {
  return createLegacyDatabase(path, { ...options, journalMode })
}

/** Puts a fresh copy of the database into a folder, as `trivia.db`. */
export function placeDatabase(ground: Ground, folder: string, journalMode: JournalMode): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'trivia.db')
  cpSync(join(ground.folder, `${journalMode}.db`), path)
  if (existsSync(`${path}-wal`)) throw new Error('The folder was not empty.')
  return path
}
