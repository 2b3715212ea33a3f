import { EventEmitter } from 'node:events'
import { Events } from 'discord.js'
import type { Logger } from 'pino'
import { createGallery } from '../charts/index.ts'
import { type Clock, discordClock } from '../clock.ts'
import { commandDefinitions, commandHandlers } from '../commands/catalogue.ts'
import { components, modals } from '../components/catalogue.ts'
import type { Config } from '../config.ts'
import { createDispatcher } from '../discord/dispatch.ts'
import type { BotError } from '../errors.ts'
import { GameAttendant } from '../games/attend.ts'
import { WeeklyAnnouncer } from '../games/weekly-announcer.ts'
import { DiscordChannels } from '../games/discord-channel.ts'
import type { DeployMark } from '@trivia/database/queries'
import { createHealthServer } from '../http/server.ts'
import { createMetrics } from '../http/metrics.ts'
import { openStore } from '../store/index.ts'
import { createTexts } from '../texts/index.ts'
import { createClient } from './client.ts'
import { followDeploys, type LockWaitEvents } from './follow-deploys.ts'
import { login } from './login.ts'
import { InFlight, within } from './in-flight.ts'
import { registerCommands } from './register.ts'
import { schemaProblem, served, type ServedVersions } from './schema-range.ts'
import { takeOver } from './take-over.ts'
import { goodbye, welcomeBack } from './farewell.ts'

export interface BotParts {
  readonly config: Config
  readonly log: Logger
  /** The machine's by default, set right by Discord's. */
  readonly clock?: Clock
  /** The schema versions that it was made for; this release's by default. */
  readonly versions?: ServedVersions
}

/** A bot that runs. */
export interface RunningBot {
  /** Where /healthz and /metrics are; null without METRICS_PORT. */
  readonly address: string | null
  /** Settles when Discord has the commands, or has refused them. */
  readonly registered: Promise<void>
  /** Settles when the bot has stopped: with null when it was asked to, else with the reason. */
  readonly stopped: Promise<BotError | null>
  /** Finishes what it is doing, tells running games, and leaves. Calling it again changes nothing. */
  stop(): Promise<void>
}

/**
 * Starts the bot.
 *
 * @throws BotError when the database is not of a version that it serves, or Discord does not take the token
 */
export async function startBot({ config, log, clock = discordClock(), versions = served }: BotParts): Promise<RunningBot> {
  const metrics = createMetrics()
  const lockWaits: LockWaitEvents = new EventEmitter()
  const store = openStore({ path: config.database, now: () => clock.now(), onCall: metrics.databaseCall, onLockWait: (wait) => lockWaits.emit('wait', wait) })
  lockWaits.on('wait', ({ ms, over }) => {
    if (over) metrics.lockWait(ms)
    else log.warn({ ms }, 'another process holds the database; writes wait')
  })
  const problem = await schemaProblem(store, config.database, versions)
  if (problem !== null) {
    await store.close()
    throw problem
  }
  const services = { store, clock, texts: createTexts(), log, gallery: createGallery(), apiUrl: config.apiUrl }
  const client = createClient(config)
  const inFlight = new InFlight()
  const dispatch = createDispatcher(services, { commands: commandHandlers(), components, modals }, metrics)
  client.on(Events.InteractionCreate, (interaction) => inFlight.run(() => dispatch(interaction), (error) => log.error({ err: error }, 'an interaction was lost')))
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js'))
  client.on(Events.Warn, (text) => log.warn({ detail: text.slice(0, 200) }, 'discord.js'))
  client.on(Events.ShardDisconnect, ({ code }, shard) => log.warn({ shard, code }, 'a shard was disconnected for good'))
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'a shard connects again'))
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'a shard goes on'))
  const health = config.metrics === null ? null : await createHealthServer(config.metrics, { metrics, ready: () => client.isReady() })

  const ready = await login(client, config.token, log).catch(async (error: unknown) => {
    await Promise.allSettled([client.destroy(), health?.close(), store.close()])
    throw error
  })
  const shards = { count: client.options.shardCount ?? client.ws.shards.size, ids: [...client.ws.shards.keys()] }
  const channels = new DiscordChannels(ready)
  const attendant = new GameAttendant(services, channels, shards)
  const announcer = new WeeklyAnnouncer(services, channels, shards)
  let mark: DeployMark
  try {
    const { abandoned } = await takeOver(store, shards)
    mark = await store.call('deployMark', undefined)
    log.info({ shards: shards.ids, of: shards.count, servers: client.guilds.cache.size, abandoned }, 'the bot is ready')
  } catch (error) {
    await Promise.allSettled([client.destroy(), health?.close(), store.close()])
    throw error
  }
  // Games wait for nothing else.
  attendant.start()
  announcer.start()
  inFlight.run(() => welcomeBack(services, channels, shards), (error) => log.warn({ err: error }, 'games were not told'))
  let registered: Promise<void> = Promise.resolve()
  if (config.registerCommands && shards.ids.includes(0)) {
    registered = registerCommands(ready.rest, ready.application.id, commandDefinitions(services.texts), config.registerGuild)
      .then((changed) => log.info({ changed }, 'commands are registered'), (error: unknown) => log.error({ err: error }, 'commands could not be registered'))
  }
  metrics.countGames(async () => (await store.call('runningGames', shards)).length)
  metrics.measureDatabase(config.database, () => store.call('schemaState', undefined).then((state) => state?.version ?? null))

  const { promise: stopped, resolve } = Promise.withResolvers<BotError | null>()
  let stopping: Promise<void> | undefined
  const stop = (reason: BotError | null): Promise<void> => (stopping ??= (async () => {
    log.info({ reason: reason?.code }, 'the bot stops')
    deploys.stop()
    // What waits for a lock is waited for, but not for long: whoever stops the bot does not wait for ever.
    await within(3_000, Promise.all([attendant.stop(), announcer.stop(), inFlight.settled(3_000)]))
    await goodbye(services, channels, shards)
    store.giveUp()
    await inFlight.settled(1_500)
    await client.destroy()
    await Promise.allSettled([health?.close(), store.close(), services.gallery.close()])
    resolve(reason)
  })())
  const deploys = followDeploys({ services, channels, shards, database: config.database, metrics, versions, mark, lockWaits, inFlight, left: (reason) => void stop(reason) })
  return { address: health?.address ?? null, registered, stopped, stop: () => stop(null) }
}
