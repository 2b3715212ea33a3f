import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GatewayOpcodes } from 'discord-api-types/v10'
import { WebSocketServer } from 'ws'
import { createClock } from '../clock.ts'
import { answerControl } from '../control/control-api.ts'
import { Gateway } from '../gateway/gateway.ts'
import { tellOfMessages } from '../gateway/message-events.ts'
import { Callbacks } from '../interactions/callbacks.ts'
import { Interactions } from '../interactions/interactions.ts'
import { answerApi } from '../rest/api.ts'
import { RateLimits } from '../rest/rate-limits.ts'
import { basicRoutes } from '../rest/routes/basics.ts'
import { commandRoutes } from '../rest/routes/commands.ts'
import { interactionRoutes } from '../rest/routes/interactions.ts'
import { messageRoutes } from '../rest/routes/messages.ts'
import { isLocal } from '../server/loopback.ts'
import { createIds } from '../snowflake.ts'
import { createBus, type SandboxEvent } from '../state/bus.ts'
import { Messages } from '../state/messages.ts'
import type { Channel, Guild } from '../state/model.ts'
import { wireGuildCreate } from '../state/wire.ts'
import { World } from '../state/world.ts'
import { SandboxUser, until } from './user.ts'

/** How a sandbox starts; everything has a default. */
export interface SandboxOptions {
  port?: number
  token?: string
  /** Privileged intents that are switched on; none. */
  privilegedIntents?: number
  /** Time stands still except for `advance`. */
  frozen?: boolean
  /** Where the clock starts. */
  startAt?: number
  realNow?: (() => number) | undefined
  makeToken?: (() => string) | undefined
  identify?: { total: number; maxConcurrency: number }
  /** Real milliseconds that the driver waits for what a deferral promises; 5,000. */
  settleMs?: number
  guild?: string
}

/** A running local Discord with one bot and one server. */
export type Sandbox = Awaited<ReturnType<typeof createSandbox>>

/** Starts a local Discord on a loopback port. */
export async function createSandbox(options: SandboxOptions = {}) {
  const makeToken = options.makeToken ?? (() => randomBytes(48).toString('base64url'))
  const clock = createClock({ realNow: options.realNow ?? Date.now, frozen: options.frozen === true, ...(options.startAt === undefined ? {} : { startAt: options.startAt }) })
  const bus = createBus()
  const world = new World(createIds(() => clock.now()), () => clock.now())
  const limits = new RateLimits(clock)
  const slow = { restMs: 0, gatewayMs: 0 }
  let port = 0
  const base = (): string => `http://127.0.0.1:${port}`
  const gatewayUrl = (): string => `ws://127.0.0.1:${port}/gateway`
  const gateway = new Gateway({ world, bus, clock, makeToken, url: gatewayUrl, delay: () => slow.gatewayMs, identify: options.identify ?? { total: 1_000, maxConcurrency: 16 } })
  const messages = new Messages(world, bus, () => clock.now(), base)
  messages.onChange = tellOfMessages(world, gateway)
  const interactions = new Interactions({ world, bus, clock, makeToken, deliver: (...event) => gateway.dispatch(...event) })
  const callbacks = new Callbacks(world, messages, interactions)
  const routes = [...basicRoutes(world, gateway, gatewayUrl), ...commandRoutes(world), ...interactionRoutes({ world, messages, interactions, callbacks }), ...messageRoutes(world, messages)]
  const application = world.addApplication({ name: 'trivia', token: options.token ?? makeToken(), privilegedIntents: options.privilegedIntents ?? 0 })
  const requests: Extract<SandboxEvent, { type: 'request' }>[] = []
  bus.listen((event) => {
    if (event.type === 'request' && requests.push(event) > 5_000) requests.shift()
  })

  /** A further server, which the bot is in. */
  const addGuild = (name: string, locale = 'en-US'): { guild: Guild; channel: Channel } => {
    const guild = world.addGuild({ name, locale })
    world.join(guild, application.id)
    const channel = world.addChannel(guild, 'general')
    gateway.dispatch(application.id, guild.id, 'GUILD_CREATE', wireGuildCreate(world, guild, application))
    return { guild, channel }
  }
  const { guild, channel } = addGuild(options.guild ?? 'Sandbox')
  const users = new Map<string, SandboxUser>()

  /** Somebody of that name in the first server; the same one each time. */
  const user = (name: string, about: { locale?: string; permissions?: bigint } = {}): SandboxUser => {
    const known = users.get(name)
    if (known !== undefined) return known
    const person = world.addPerson({ name, ...(about.locale === undefined ? {} : { locale: about.locale }) })
    const member = world.join(guild, person.user.id)
    if (about.permissions !== undefined) member.roles.add(world.addRole(guild, `role of ${name}`, about.permissions).id)
    const made = new SandboxUser(person.user.id, { world, bus, interactions, application, guild, channel, settleMs: options.settleMs ?? 5_000 })
    users.set(name, made)
    return made
  }

  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (!isLocal(request)) return void response.writeHead(403).end('Only for this machine.')
      const url = new URL(request.url ?? '/', base())
      if (url.pathname.startsWith('/api/')) return answerApi({ world, bus, limits, routes, now: () => clock.now(), delay: () => slow.restMs }, request, response, url)
      if (url.pathname.startsWith('/control/')) return answerControl(sandbox, request, response, url)
      const file = messages.file(/^\/attachments\/\d+\/(\d+)\//.exec(url.pathname)?.[1] ?? '')
      if (file === undefined) return void response.writeHead(404).end()
      // Never shown as a page of its own: what bots upload is not ours.
      response.writeHead(200, { 'content-type': file.contentType, 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' }).end(file.bytes)
    }
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', base())
    if (!isLocal(request) || !/^\/gateway\/?$/.test(url.pathname)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => gateway.accept(webSocket, url.searchParams))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port

  const close = async (): Promise<void> => {
    clock.close()
    gateway.close()
    sockets.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const sandbox = {
    /** For `rest.api` of a discord.js client. */
    url: `${base()}/api`, controlUrl: `${base()}/control`, gatewayUrl: gatewayUrl(), token: application.token,
    application, guild, channel, world, bus, clock, gateway, interactions, user, users, addGuild,
    /** The last requests, with what was refused. */
    requests: requests as readonly Extract<SandboxEvent, { type: 'request' }>[],
    advance: (milliseconds: number): void => {
      clock.advance(milliseconds)
      bus.emit({ type: 'clock', now: clock.now() })
    },
    until: (condition: () => boolean, timeoutMs = 5_000): Promise<void> => until(bus, condition, timeoutMs),
    /** Cuts every connection, without a close frame. */
    disconnect: (): void => gateway.each(application.id, (_, connection) => connection.socket.terminate()),
    /** Op 7. */
    requestReconnect: (): void => gateway.each(application.id, (_, connection) => connection.send({ op: GatewayOpcodes.Reconnect, t: null, s: null, d: null })),
    /** Op 9. */
    invalidateSession: (resumable = false): void => gateway.each(application.id, (session, connection) => {
      if (!resumable) gateway.sessions.delete(session.id)
      connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: resumable })
    }),
    /** Delays each REST answer and each gateway payload, in real milliseconds. */
    slow: (delays: { restMs?: number; gatewayMs?: number }): void => void Object.assign(slow, { restMs: 0, gatewayMs: 0 }, delays),
    /** Refuses the next requests with 429. */
    rateLimit: (count: number, retryAfterMs: number, global = false): void => limits.force(count, retryAfterMs, global),
    invalidRequests: () => limits.invalid(),
    close, [Symbol.asyncDispose]: close,
  }
  return sandbox
}
