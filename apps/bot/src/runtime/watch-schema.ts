import type { BotError } from '../errors.ts'
import type { Store } from '../store/index.ts'
import { schemaProblem, type ServedVersions } from './schema-range.ts'

/** How often, in milliseconds. */
const EVERY = 1_000

/** Looks whether a deploy has taken the database to a version that the bot does not serve; tells it once. */
export function watchSchema(store: Store, { path, versions }: { path: string; versions: ServedVersions }, left: (reason: BotError) => void): { stop: () => void } {
  let stopped = false
  let timer: NodeJS.Timeout
  const again = (): void => {
    timer = setTimeout(() => {
      void schemaProblem(store, path, versions).then((problem) => {
        if (stopped) return
        if (problem === null) again()
        else left(problem)
      })
    }, EVERY)
  }
  again()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
