import type { EventEmitter } from 'node:events'
import type { DeployMark } from '@trivia/database/queries'
import { DeployWitness, type WitnessParts } from '../deploys/deploy-witness.ts'
import type { BotError } from '../errors.ts'
import type { LockWait } from '../store/index.ts'
import type { InFlight } from './in-flight.ts'
import type { ServedVersions } from './schema-range.ts'
import { watchSchema } from './watch-schema.ts'

/** The store's waits for other processes. */
export type LockWaitEvents = EventEmitter<{ wait: [LockWait] }>

export interface FollowParts extends WitnessParts {
  readonly versions: ServedVersions
  /** What the database had seen when the bot took it. */
  readonly mark: DeployMark
  readonly lockWaits: LockWaitEvents
  readonly inFlight: InFlight
  /** A deploy has taken the database out of the range of served versions. */
  readonly left: (reason: BotError) => void
}

/** Sees deploys while the bot runs, and has them witnessed. */
export function followDeploys({ versions, mark, lockWaits, inFlight, left, ...parts }: FollowParts): { stop: () => void } {
  const { services: { store, log }, database } = parts
  const witness = new DeployWitness(parts)
  const unwitnessed = (error: unknown): void => log.warn({ err: error }, 'a deploy could not be accounted for')
  const watch = watchSchema(store, {
    path: database, versions, mark,
    left: (reason) => {
      log.error({ code: reason.code, why: reason.message, next: reason.next }, 'the database has left the range of versions that this bot serves')
      left(reason)
    },
    deployed: (before, after) => inFlight.run(() => witness.deployed(before, after), unwitnessed),
    failed: (error) => log.warn({ err: error }, 'the version of the database could not be read'),
  })
  lockWaits.on('wait', (wait) => {
    if (wait.over) watch.look()
    inFlight.run(() => witness.waits(wait), unwitnessed)
  })
  return watch
}
