/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment -- what comes over the wire is a number until it has been compared */
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10'
import { isObject, type JsonObject, numberOf, objectOf } from '../json.ts'
import type { Connection } from './connection.ts'
import { identify, type IdentifyParts } from './identify.ts'
import { sendMembers } from './members.ts'
import { resume } from './resume.ts'
import type { Session } from './session.ts'

/** What receiving needs of the gateway. */
export interface ReceiveParts extends IdentifyParts {
  sessions: ReadonlyMap<string, Session>
}

/** Acts on what a client sent; the result is its session from now on. */
export function receive(parts: ReceiveParts, connection: Connection, session: Session | undefined, payload: JsonObject): Session | undefined {
  const data = objectOf(payload['d'])
  const op = numberOf(payload['op']) as GatewayOpcodes | undefined
  switch (op) {
    case GatewayOpcodes.Heartbeat:
      connection.send({ op: GatewayOpcodes.HeartbeatAck, t: null, s: null, d: null })
      return session
    case GatewayOpcodes.Identify:
      if (session === undefined) return identify(parts, connection, data)
      connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.')
      return session
    case GatewayOpcodes.Resume:
      if (session === undefined) return resume(parts, parts.sessions, connection, data)
      connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.')
      return session
    case GatewayOpcodes.PresenceUpdate:
    case GatewayOpcodes.VoiceStateUpdate:
    case GatewayOpcodes.RequestGuildMembers:
    case GatewayOpcodes.RequestSoundboardSounds:
      if (session === undefined) connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.')
      else if (op === GatewayOpcodes.RequestGuildMembers) sendMembers(parts.world, session, data)
      return session
    default:
      connection.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.')
      return session
  }
}

/** A payload as JSON; undefined if it is none. */
export function parsePayload(raw: Buffer): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
