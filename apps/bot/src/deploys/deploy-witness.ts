import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DeployAccount, writeDeployAccount } from '@trivia/database/deploy-account'
import { actualPath } from '@trivia/database/location'
import type { DeployMark, ShardRange } from '@trivia/database/queries'
import type { Services } from '../discord/handler.ts'
import type { DiscordChannels } from '../games/discord-channel.ts'
import { tellGames } from '../games/tell-games.ts'
import type { Metrics } from '../http/metrics.ts'
import type { LockWait } from '../store/index.ts'

/** Waits that ended longer ago, in milliseconds, belong to no deploy that is seen now: it is seen within a second or two. */
const RECENT = 60_000
/** Whoever waited tries again within this many milliseconds after a deploy, and has then waited for it. */
const NEXT_TRY = 250
/** So many of them are kept, the longest ones. */
const MOST_WAITS = 20
/** Whoever was told of a wait that no deploy followed is told again after this many milliseconds. */
const FORGETS = 2 * 60_000

export interface WitnessParts {
  readonly services: Services
  readonly channels: DiscordChannels
  readonly shards: ShardRange
  /** The database's path. */
  readonly database: string
  readonly metrics: Pick<Metrics, 'deploySeen'>
}

/**
 * The bot's side of a deploy, which is another process and tells nobody: what its players had to wait, one friendly
 * line in each channel with a game, whether the new content answers what the bot asks, and an account of that for the
 * deploy's report. Rounds in play go on: a click counts from when it was made, however long it waits for the lock.
 */
export class DeployWitness {
  readonly #parts: WitnessParts
  /** Times of the machine's clock, as the migrator's are; players see Discord's. */
  readonly #now: () => number
  readonly #process = randomBytes(4).toString('hex')
  #waits: LockWait[] = []
  #told = new Set<number>()
  #toldAt = 0

  constructor(parts: WitnessParts, now: () => number = Date.now) {
    this.#parts = parts
    this.#now = now
  }

  /** Writes wait for another process. While they do, and it takes long, games are told that their answers count. */
  async waits(wait: LockWait): Promise<void> {
    if (wait.over) this.#waits = [...this.#recentWaits(), wait].toSorted((one, other) => other.ms - one.ms).slice(0, MOST_WAITS)
    else await this.#tell('game.held')
  }

  /** The database has another content than before. */
  async deployed(before: DeployMark, after: DeployMark): Promise<void> {
    const { services: { store, log }, metrics, database } = this.#parts
    const seenAt = new Date(this.#now()).toISOString()
    // Only what came on top of everything lets all answers be there; after a restore nobody knows.
    const onTop = after.migrations > before.migrations
    const queries = await store.call('smokeQueries', undefined)
    const version = (await store.call('schemaState', undefined))?.version ?? null
    const games = onTop && queries.failed.length === 0 ? await this.#tell('game.updated') : this.#told.size
    await sleep(NEXT_TRY)
    const waits = this.#recentWaits()
    this.#waits = []
    this.#told.clear()
    const pauseMs = waits[0]?.ms ?? 0
    metrics.deploySeen({ pauseMs, queries })
    const facts = { version, migrations: after.migrations - before.migrations, newest: after.newestMigration, pauseMs, games, queries: queries.count, slowest: queries.slowest, ms: queries.ms }
    const happened = onTop ? 'the database was deployed' : 'the database has other content'
    if (queries.failed.length === 0) log.info(facts, `${happened}: all smoke queries answer`)
    else log.error({ ...facts, failed: queries.failed }, `${happened}, and smoke queries fail`)
    this.#account({
      format: 1, process: this.#process, database: actualPath(database), seenAt, version, games, queries,
      waits: waits.map(({ since, ms }) => ({ since: new Date(since).toISOString(), ms })),
    })
  }

  #recentWaits(): LockWait[] {
    return this.#waits.filter(({ since, ms }) => since + ms > this.#now() - RECENT)
  }

  /** Once for each game and deploy, whether it was told at the wait or after it. */
  async #tell(text: 'game.held' | 'game.updated'): Promise<number> {
    const { services, channels, shards } = this.#parts
    if (this.#now() - this.#toldAt > FORGETS) this.#told.clear()
    this.#toldAt = this.#now()
    const { games } = await tellGames(services, channels, { shards, text: (t) => t(text), except: this.#told })
    for (const game of games) this.#told.add(game)
    return this.#told.size
  }

  /** A report without it is a report, too. */
  #account(account: DeployAccount): void {
    const { log } = this.#parts.services
    try {
      log.debug({ path: writeDeployAccount(account) }, 'the account of the deploy is written')
    } catch (error) {
      log.warn({ err: error }, 'the account of the deploy could not be written')
    }
  }
}
