/* eslint-disable @typescript-eslint/no-meaningless-void-operator -- ends the function and says that nothing comes of it */
import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10'
import { type JsonObject, numberOf, textOf } from '../json.ts'
import type { Connection } from './connection.ts'
import type { GatewayParts } from './gateway-parts.ts'
import { applicationOf } from './identify.ts'
import type { Session } from './session.ts'

// Not documented; clients see sessions resumed after a few minutes and no later.
const RESUMABLE_MS = 3 * 60_000

/** Continues a session and sends what was missed, or says with op 9 that it is over: https://docs.discord.com/developers/events/gateway#resuming */
export function resume(parts: GatewayParts, sessions: ReadonlyMap<string, Session>, connection: Connection, data: JsonObject): Session | undefined {
  if (applicationOf(parts, data) === undefined) return void connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
  const session = sessions.get(textOf(data['session_id']) ?? '')
  const after = numberOf(data['seq']) ?? 0
  const expired = session?.lostAt !== undefined && parts.clock.now() - session.lostAt > RESUMABLE_MS
  if (session === undefined || session.token !== session.application.token || expired || !session.canReplay(after)) return void connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: false })
  if (after > session.sequence) return void connection.close(GatewayCloseCodes.InvalidSeq, 'Invalid seq.')
  session.connection?.close(GatewayCloseCodes.UnknownError, 'Resumed elsewhere.')
  session.connection = connection
  session.lostAt = undefined
  session.replay(after)
  session.dispatch('RESUMED', { _trace: [] })
  parts.bus.emit({ type: 'gateway', change: 'resumed', applicationId: session.application.id, shard: session.shard[0], closeCode: undefined })
  return session
}
