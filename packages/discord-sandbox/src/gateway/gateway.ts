/* eslint-disable @typescript-eslint/no-meaningless-void-operator, @typescript-eslint/no-unsafe-enum-assignment -- what comes over the wire is a number until it has been compared */
import { GatewayCloseCodes, GatewayOpcodes, type GatewayReadyDispatchData } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import { isObject, type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { shardOf } from '../snowflake.ts'
import type { Bus } from '../state/bus.ts'
import type { Application } from '../state/model.ts'
import { wireGuildCreate, wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import { type Connection, createConnection } from './connection.ts'
import { IdentifyBudget } from './identify-budget.ts'
import { areIntents, intentOf, PRIVILEGED } from './intents.ts'
import { Session } from './session.ts'

// Not documented; clients see sessions resumed after a few minutes and no later.
const RESUMABLE_MS = 3 * 60_000

/** What the gateway is made of. */
export interface GatewayParts {
  world: World
  bus: Bus
  clock: Clock
  makeToken: () => string
  /** The gateway's own address, for `resume_gateway_url`. */
  url: () => string
  /** Milliseconds that every payload waits. */
  delay: () => number
  identify: { total: number; maxConcurrency: number }
}

/** The gateway: https://docs.discord.com/developers/events/gateway */
export class Gateway {
  readonly sessions = new Map<string, Session>()
  readonly #budgets = new Map<string, IdentifyBudget>()
  readonly #connections = new Set<Connection>()
  readonly #parts: GatewayParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
  }

  /** The IDENTIFY budget of an application. */
  budgetOf(application: Application): IdentifyBudget {
    const known = this.#budgets.get(application.id)
    if (known !== undefined) return known
    const budget = new IdentifyBudget(this.#parts.clock, this.#parts.identify)
    this.#budgets.set(application.id, budget)
    return budget
  }

  /** Takes over a socket that has just been opened. */
  accept(socket: WebSocket, query: URLSearchParams): void {
    const connection = createConnection(socket, query.get('compress') === 'zlib-stream', this.#parts.delay)
    this.#connections.add(connection)
    if (query.get('v') !== '10') return void connection.close(GatewayCloseCodes.InvalidAPIVersion, 'Invalid API version.')
    let session: Session | undefined
    let received: number[] = []
    let lastHeard = Date.now()
    // Real time on purpose: a clock moved by a week must not look like a dead client.
    const watch = setInterval(() => {
      if (Date.now() - lastHeard > 2 * LIMITS.gateway.heartbeatMs) connection.close(GatewayCloseCodes.SessionTimedOut, 'Session timed out.')
    }, LIMITS.gateway.heartbeatMs)
    watch.unref()

    socket.on('close', (code) => {
      clearInterval(watch)
      this.#connections.delete(connection)
      if (session?.connection === connection) this.#lost(session, code)
    })
    socket.on('error', () => {})
    socket.on('message', (raw: Buffer) => {
      lastHeard = Date.now()
      received = [...received.filter((at) => lastHeard - at < 60_000), lastHeard]
      if (received.length > LIMITS.gateway.eventsPerMinute) return void connection.close(GatewayCloseCodes.RateLimited, 'Rate limited.')
      const payload = raw.byteLength > LIMITS.gateway.payloadBytes ? undefined : parse(raw)
      if (payload === undefined) return void connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.')
      session = this.#receive(connection, session, payload)
    })
    connection.send({ op: GatewayOpcodes.Hello, t: null, s: null, d: { heartbeat_interval: LIMITS.gateway.heartbeatMs, _trace: [] } })
  }

  /** Sends an event to every shard that is to have it; false if there was none. */
  dispatch(applicationId: string, guildId: string | undefined, event: string, data: object): boolean {
    let connected = false
    for (const session of this.sessions.values()) {
      if (session.application.id !== applicationId || shardOf(guildId, session.shard[1]) !== session.shard[0]) continue
      const intent = intentOf(event, guildId !== undefined)
      if (intent !== 0 && (session.intents & intent) === 0) continue
      session.dispatch(event, data)
      connected = true
    }
    return connected
  }

  /** Acts on every connection of an application, or of all. */
  each(applicationId: string | undefined, act: (session: Session, connection: Connection) => void): void {
    for (const session of [...this.sessions.values()]) if (session.connection !== undefined && (applicationId === undefined || session.application.id === applicationId)) act(session, session.connection)
  }

  /** Ends every connection. */
  close(): void {
    for (const connection of this.#connections) connection.socket.terminate()
  }

  #receive(connection: Connection, session: Session | undefined, payload: JsonObject): Session | undefined {
    const data = objectOf(payload['d'])
    const op = numberOf(payload['op']) as GatewayOpcodes | undefined
    switch (op) {
      case GatewayOpcodes.Heartbeat:
        connection.send({ op: GatewayOpcodes.HeartbeatAck, t: null, s: null, d: null })
        return session
      case GatewayOpcodes.Identify:
        if (session === undefined) return this.#identify(connection, data)
        connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.')
        return session
      case GatewayOpcodes.Resume:
        if (session === undefined) return this.#resume(connection, data)
        connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.')
        return session
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
      case GatewayOpcodes.RequestGuildMembers:
      case GatewayOpcodes.RequestSoundboardSounds:
        if (session === undefined) connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.')
        else if (op === GatewayOpcodes.RequestGuildMembers) this.#members(session, data)
        return session
      default:
        connection.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.')
        return session
    }
  }

  #identify(connection: Connection, data: JsonObject): Session | undefined {
    const refuse = (code: GatewayCloseCodes, reason: string): undefined => {
      connection.close(code, reason)
      return undefined
    }
    const application = this.#parts.world.applicationOf((textOf(data['token']) ?? '').replace(/^Bot /, ''))
    if (application === undefined) return void refuse(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
    const given: unknown = data['shard'] ?? [0, 1]
    const [id, count] = (Array.isArray(given) ? given : []) as unknown[]
    if (typeof id !== 'number' || typeof count !== 'number' || id < 0 || count < 1 || id >= count) return void refuse(GatewayCloseCodes.InvalidShard, 'Invalid shard.')
    const intents = data['intents']
    if (!areIntents(intents)) return void refuse(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).')
    if ((intents & PRIVILEGED & ~application.privilegedIntents) !== 0) return void refuse(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).')

    const taken = this.budgetOf(application).take(id)
    if (taken === 'used up') {
      // Discord ends all sessions and resets the token.
      application.token = this.#parts.makeToken()
      this.each(application.id, (_, each) => each.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.'))
      return void refuse(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
    }
    if (taken === 'too fast') return void connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: false })
    const guilds = this.#guildsOf(application).filter((guild) => shardOf(guild.id, count) === id)
    if (guilds.length > LIMITS.gateway.guildsPerShard) return void refuse(GatewayCloseCodes.ShardingRequired, 'Sharding required.')

    connection.packEach = data['compress'] === true
    const session = new Session({ id: this.#parts.makeToken(), application, intents, shard: [id, count], connection })
    this.sessions.set(session.id, session)
    const ready: Partial<GatewayReadyDispatchData> = {
      v: 10, user: application.bot, guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })), session_id: session.id,
      resume_gateway_url: this.#parts.url(), shard: [id, count], application: { id: application.id, flags: 0 as GatewayReadyDispatchData['application']['flags'], flags_new: '0' },
    }
    session.dispatch('READY', ready)
    for (const guild of guilds) if (intentOf('GUILD_CREATE', true) & intents) session.dispatch('GUILD_CREATE', wireGuildCreate(this.#parts.world, guild, application))
    this.#parts.bus.emit({ type: 'gateway', change: 'identified', applicationId: application.id, shard: id, closeCode: undefined })
    return session
  }

  #resume(connection: Connection, data: JsonObject): Session | undefined {
    const session = this.sessions.get(textOf(data['session_id']) ?? '')
    if (this.#parts.world.applicationOf((textOf(data['token']) ?? '').replace(/^Bot /, '')) === undefined) return void connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
    const after = numberOf(data['seq']) ?? 0
    const expired = session?.lostAt !== undefined && this.#parts.clock.now() - session.lostAt > RESUMABLE_MS
    if (session === undefined || session.token !== session.application.token || expired || !session.canReplay(after)) return void connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: false })
    if (after > session.sequence) return void connection.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.')
    session.connection?.close(GatewayCloseCodes.UnknownError, 'Resumed elsewhere.')
    session.connection = connection
    session.lostAt = undefined
    session.replay(after)
    session.dispatch('RESUMED', { _trace: [] })
    this.#parts.bus.emit({ type: 'gateway', change: 'resumed', applicationId: session.application.id, shard: session.shard[0], closeCode: undefined })
    return session
  }

  /** A client that closes with 1000 or 1001 does not come back; all others may: https://docs.discord.com/developers/events/gateway#initiating-a-disconnect */
  #lost(session: Session, code: number): void {
    session.connection = undefined
    session.lostAt = this.#parts.clock.now()
    if (code === 1000 || code === 1001) this.sessions.delete(session.id)
    this.#parts.bus.emit({ type: 'gateway', change: 'closed', applicationId: session.application.id, shard: session.shard[0], closeCode: code })
  }

  #members(session: Session, data: JsonObject): void {
    const guild = this.#parts.world.guilds.get(textOf(data['guild_id']) ?? '')
    if (guild === undefined) return
    const ids = [data['user_ids']].flat().filter((id) => typeof id === 'string')
    const query = (textOf(data['query']) ?? '').toLowerCase()
    const asked = [...guild.members.values()].filter((member) => ids.length > 0 ? ids.includes(member.userId) : this.#parts.world.people.get(member.userId)?.user.username.startsWith(query) === true)
    session.dispatch('GUILD_MEMBERS_CHUNK', { guild_id: guild.id, members: asked.map((member) => wireMember(this.#parts.world, member)), chunk_index: 0, chunk_count: 1, not_found: [], nonce: data['nonce'] })
  }

  #guildsOf(application: Application) {
    return [...this.#parts.world.guilds.values()].filter((guild) => guild.members.has(application.id))
  }
}

function parse(raw: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
