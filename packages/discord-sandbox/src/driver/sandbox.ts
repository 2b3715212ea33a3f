import { randomBytes } from 'node:crypto'
import { answerControl } from '../control/control-api.ts'
import type { IdentifyLimits } from '../gateway/identify-budget.ts'
import { answerApi } from '../rest/api.ts'
import { serveFiles } from '../server/attachments.ts'
import { createDiscord } from '../server/discord.ts'
import { listen } from '../server/listen.ts'
import type { ChannelOptions } from '../state/blank.ts'
import type { RequestEvent } from '../state/bus.ts'
import { addManyGuilds, type ManyGuilds } from '../state/many-guilds.ts'
import type { Channel, Guild } from '../state/model.ts'
import { createConnectionFaults } from './connection-faults.ts'
import { Members } from './members.ts'
import { Places } from './places.ts'
import type { SeenMessage } from './seen.ts'
import { SandboxUser } from './user.ts'
import { until } from './waiting.ts'

/** How a sandbox starts; everything has a default. */
export interface SandboxOptions {
  /** The port on 127.0.0.1; any free one. */
  port?: number
  /** The bot's token; a random one. */
  token?: string
  /** Privileged intents that are switched on; none. */
  privilegedIntents?: number
  /** Time stands still except for `advance`. */
  frozen?: boolean
  /** Where the clock starts, in milliseconds since 1970; the real time. */
  startAt?: number
  realNow?: (() => number) | undefined
  makeToken?: (() => string) | undefined
  /** How often the bot may identify; 1,000 a day, 16 shards at once, each once in 5 seconds. */
  identify?: Partial<IdentifyLimits>
  /** The bot, people, servers and channels have ids of their names, the same in every run; no. */
  stableIds?: boolean
  /** Invalid requests (401, 403, 429) in ten minutes before the address is banned; 10,000. */
  invalidRequests?: number
  /** How much is remembered of what is over: 50,000 interactions, 10,000 messages of each channel. */
  kept?: { interactions?: number; messagesPerChannel?: number }
  /** Real milliseconds that the driver waits for what a deferral promises; 5,000. */
  settleMs?: number
  /** The first server's name. */
  guild?: string
  /** Many servers of one kind, made when they are first looked at. */
  manyGuilds?: ManyGuilds
}

/** Who somebody is when they are first named. */
export interface About {
  /** The language of their client; en-US. */
  locale?: string
  /** What they may do in the first server besides what everybody may, as permission bits; also of somebody who is known. */
  permissions?: bigint
}

/** A running local Discord with one bot and one server or more. */
export type Sandbox = Awaited<ReturnType<typeof createSandbox>>

const REMEMBERED_REQUESTS = 5_000

/** Starts a local Discord on a loopback port; an error if the port is taken. */
export async function createSandbox(options: SandboxOptions = {}) {
  const makeToken = options.makeToken ?? (() => randomBytes(48).toString('base64url'))
  let port = 0
  const discord = createDiscord({
    makeToken, realNow: options.realNow ?? Date.now, frozen: options.frozen === true, startAt: options.startAt, invalidRequests: options.invalidRequests,
    identify: { total: 1_000, maxConcurrency: 16, ...options.identify }, stableIds: options.stableIds === true, kept: { interactions: 50_000, messagesPerChannel: 10_000, ...options.kept }, address: () => `127.0.0.1:${port}`,
  })
  const { world, bus, clock, files, gateway, interactions, limits, messages } = discord
  const application = world.addApplication({ name: 'trivia', token: options.token ?? makeToken(), privilegedIntents: options.privilegedIntents ?? 0 })
  const members = new Members(world, discord.events)
  const places = new Places({ world, events: discord.events, messages, application })
  const { guild, channel } = places.addGuild(options.guild ?? 'Sandbox')
  if (options.manyGuilds !== undefined) addManyGuilds(world, application.id, options.manyGuilds)
  const requests: RequestEvent[] = []
  bus.listen((event) => {
    if (event.type === 'request' && requests.push(event) > REMEMBERED_REQUESTS) requests.shift()
  })

  const users = new Map<string, SandboxUser>()
  /** Somebody of that name in the first server; the same one each time. */
  const user = (name: string, about: About = {}): SandboxUser => {
    const known = users.get(name)
    if (known !== undefined && about.locale !== undefined) known.setLocale(about.locale)
    const found = known ?? new SandboxUser(world.addPerson({ name, ...(about.locale === undefined ? {} : { locale: about.locale }) }).user.id, { world, bus, files, messages, interactions, members, application, guild, channel, settleMs: options.settleMs ?? 5_000 })
    users.set(name, found)
    if (known === undefined) members.join(guild, found.id)
    if (about.permissions !== undefined) found.setPermissions(about.permissions)
    return found
  }

  const served = await listen(options.port ?? 0, {
    answers: {
      api: (request, response, url) => answerApi(discord.api, request, response, url),
      control: (request, response, url) => answerControl(sandbox, request, response, url),
      attachments: serveFiles(files),
    },
    accept: (socket, query) => gateway.accept(socket, query),
  })
  port = served.port

  const close = async (): Promise<void> => {
    clock.close()
    gateway.close()
    await served.close()
  }
  const sandbox = {
    /** For `rest.api` of a discord.js client. */
    url: `http://127.0.0.1:${port}/api`, controlUrl: `http://127.0.0.1:${port}/control`, gatewayUrl: `ws://127.0.0.1:${port}/gateway`, token: application.token,
    application, guild, channel, world, bus, clock, gateway, interactions, files, user, users,
    /** The last 5,000 requests, with what was refused. */
    requests: requests as readonly RequestEvent[],

    addGuild: (name: string, locale?: string, id?: string): { guild: Guild; channel: Channel } => places.addGuild(name, locale, id),
    deleteGuild: (guild: Guild): void => places.deleteGuild(guild),
    /** Removes the bot from a server. */
    removeBot: (guild: Guild): void => places.removeBot(guild),
    /** Adds the bot to a server again. */
    addBot: (guild: Guild): void => places.addBot(guild),
    addChannel: (guild: Guild, name: string, about?: ChannelOptions): Channel => places.addChannel(guild, name, about),
    updateChannel: (channel: Channel, change: { name?: string; topic?: string | null; nsfw?: boolean }): void => places.updateChannel(channel, change),
    deleteChannel: (channel: Channel): void => places.deleteChannel(channel),
    /** A moderator deletes a message. */
    deleteMessage: (message: SeenMessage): void => places.deleteMessage(message),
    join: (guild: Guild, user: { id: string }): void => void members.join(guild, user.id),
    leave: (guild: Guild, user: { id: string }): void => members.leave(guild, user.id),
    addRole: (guild: Guild, name: string, permissions = 0n) => members.addRole(guild, name, permissions),
    /** Changes what a role allows; the role with the server's id is everybody's. */
    setRolePermissions: (guild: Guild, roleId: string, permissions: bigint): void => members.setRolePermissions(guild, roleId, permissions),
    /** Takes permissions away from the bot in one channel. */
    denyBot: (channel: Channel, ...permissions: bigint[]): void => members.overwriteBot(application, channel, { deny: sum(permissions) }),
    /** Gives the bot permissions in one channel, also those that were denied. */
    allowBot: (channel: Channel, ...permissions: bigint[]): void => members.overwriteBot(application, channel, { allow: sum(permissions) }),

    /** Moves the clock forward, in milliseconds; what becomes due on the way happens. */
    advance: (milliseconds: number): void => {
      clock.advance(milliseconds)
      bus.emit({ type: 'clock', now: clock.now() })
    },
    /** Waits until a condition holds, looking again whenever something happens; an error after that many real milliseconds. */
    until: (condition: () => boolean, timeoutMs = 5_000): Promise<void> => until(bus, condition, timeoutMs),
    ...createConnectionFaults(gateway, application.id, limits, discord.delays),
    /** Invalid requests in these ten minutes, and whether they were too many. */
    invalidRequests: () => limits.invalid(),
    close, [Symbol.asyncDispose]: close,
  }
  return sandbox
}

function sum(bits: readonly bigint[]): bigint {
  return bits.reduce((all, bit) => all | bit, 0n)
}
