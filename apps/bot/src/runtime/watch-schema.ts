import { isDeepStrictEqual } from 'node:util'
import type { DeployMark } from '@trivia/database/queries'
import type { BotError } from '../errors.ts'
import type { Store } from '../store/index.ts'
import { schemaProblem, type ServedVersions } from './schema-range.ts'

/** How often, in milliseconds. */
const EVERY = 1_000

export interface WatchParts {
  readonly path: string
  readonly versions: ServedVersions
  /** What the database had seen when the bot took it. */
  readonly mark: DeployMark
  /** A deploy has taken the database to a version that the bot does not serve: told once, and it looks no more. */
  readonly left: (reason: BotError) => void
  /** A deploy or an archiving has published, or a restore has brought another version back. */
  readonly deployed: (before: DeployMark, after: DeployMark) => void
  /** It could not look; it looks again. */
  readonly failed: (error: unknown) => void
}

export interface Watch {
  readonly stop: () => void
  /** Looks at once: somebody has just held the database. */
  readonly look: () => void
}

/** Looks whether somebody has put other content into the database. */
export function watchSchema(store: Store, { path, versions, mark, left, deployed, failed }: WatchParts): Watch {
  let stopped = false
  let known = mark
  let looking = false
  let timer: NodeJS.Timeout | undefined
  // It may happen during each wait.
  const isStopped = (): boolean => stopped
  const look = async (): Promise<void> => {
    clearTimeout(timer)
    looking = true
    try {
      const problem = await schemaProblem(store, path, versions)
      if (isStopped()) return
      if (problem !== null) {
        stopped = true
        left(problem)
        return
      }
      const now = await store.call('deployMark', undefined)
      if (isStopped()) return
      if (!isDeepStrictEqual(now, known)) deployed(known, now)
      known = now
    } catch (error) {
      if (!isStopped()) failed(error)
    } finally {
      looking = false
      if (!isStopped()) timer = setTimeout(() => void look(), EVERY)
    }
  }
  timer = setTimeout(() => void look(), EVERY)
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
    look: () => {
      if (!looking && !stopped) void look()
    },
  }
}
