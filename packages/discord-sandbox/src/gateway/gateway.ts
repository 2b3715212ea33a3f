/* eslint-disable @typescript-eslint/no-meaningless-void-operator -- ends the function and says that nothing comes of it */
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10'
import type { WebSocket } from 'ws'
import { LIMITS } from '../limits.ts'
import { shardOf } from '../snowflake.ts'
import type { Application } from '../state/model.ts'
import { type Connection, createConnection } from './connection.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { IdentifyBudget } from './identify-budget.ts'
import { intentOf } from './intents.ts'
import { parsePayload, receive, type ReceiveParts } from './receive.ts'
import type { Session } from './session.ts'

/** The gateway: connections and their sessions. https://docs.discord.com/developers/events/gateway */
export class Gateway {
  readonly sessions = new Map<string, Session>()
  readonly #budgets = new Map<string, IdentifyBudget>()
  readonly #connections = new Set<Connection>()
  readonly #parts: GatewayParts
  readonly #receiveParts: ReceiveParts

  constructor(parts: GatewayParts) {
    this.#parts = parts
    this.#receiveParts = {
      ...parts,
      sessions: this.sessions,
      budgetOf: (application) => this.budgetOf(application),
      closeAll: (application, code, reason) => this.each(application.id, (_, connection) => connection.close(code, reason)),
      keep: (session) => void this.sessions.set(session.id, session),
    }
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
      const payload = raw.byteLength > LIMITS.gateway.payloadBytes ? undefined : parsePayload(raw)
      if (payload === undefined) return void connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.')
      // Invalidated, or resumed elsewhere: the connection may identify or resume again.
      if (session?.connection !== connection) session = undefined
      session = receive(this.#receiveParts, connection, session, payload)
    })
    connection.send({ op: GatewayOpcodes.Hello, t: null, s: null, d: { heartbeat_interval: LIMITS.gateway.heartbeatMs, _trace: [] } })
  }

  /** Sends an event to every shard that is to have it; false if there was none. */
  dispatch(applicationId: string, guildId: string | undefined, event: string, data: object): boolean {
    const intent = intentOf(event, guildId !== undefined)
    let connected = false
    for (const session of this.sessions.values()) {
      if (session.application.id !== applicationId || shardOf(guildId, session.shard[1]) !== session.shard[0]) continue
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

  /** Ends the sessions of an application with op 9, on open connections; they can be resumed only if told so. */
  invalidate(applicationId: string, resumable: boolean): void {
    this.each(applicationId, (session, connection) => {
      session.connection = undefined
      session.lostAt = this.#parts.clock.now()
      if (!resumable) this.sessions.delete(session.id)
      connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: resumable })
    })
  }

  /** Ends every connection. */
  close(): void {
    for (const connection of this.#connections) connection.socket.terminate()
  }

  /** A client that closes with 1000 or 1001 does not come back; all others may: https://docs.discord.com/developers/events/gateway#initiating-a-disconnect */
  #lost(session: Session, code: number): void {
    session.connection = undefined
    session.lostAt = this.#parts.clock.now()
    if (code === 1000 || code === 1001) this.sessions.delete(session.id)
    this.#parts.bus.emit({ type: 'gateway', change: 'closed', applicationId: session.application.id, shard: session.shard[0], closeCode: code })
  }
}
