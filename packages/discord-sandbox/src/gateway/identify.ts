/* eslint-disable @typescript-eslint/no-meaningless-void-operator, @typescript-eslint/no-unsafe-enum-assignment -- no flag is set */
import { GatewayCloseCodes, GatewayOpcodes, type GatewayReadyDispatchData } from 'discord-api-types/v10'
import { type JsonObject, textOf } from '../json.ts'
import { LIMITS } from '../limits.ts'
import { shardOf } from '../snowflake.ts'
import type { Application } from '../state/model.ts'
import { wireGuildCreate } from '../state/wire.ts'
import type { Connection } from './connection.ts'
import type { GatewayParts } from './gateway-parts.ts'
import type { IdentifyBudget } from './identify-budget.ts'
import { areIntents, intentOf, PRIVILEGED } from './intents.ts'
import { Session } from './session.ts'

/** What an IDENTIFY needs of the gateway. */
export interface IdentifyParts extends GatewayParts {
  budgetOf: (application: Application) => IdentifyBudget
  /** Closes all connections of an application. */
  closeAll: (application: Application, code: GatewayCloseCodes, reason: string) => void
  /** Keeps a new session, before its first event. */
  keep: (session: Session) => void
}

/** The application of a payload's token, which may begin with `Bot `. */
export function applicationOf(parts: GatewayParts, data: JsonObject): Application | undefined {
  return parts.world.applicationOf((textOf(data['token']) ?? '').replace(/^Bot /, ''))
}

/** Begins a session, or closes the connection: https://docs.discord.com/developers/events/gateway#identifying */
export function identify(parts: IdentifyParts, connection: Connection, data: JsonObject): Session | undefined {
  const { world } = parts
  const application = applicationOf(parts, data)
  if (application === undefined) return void connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
  const shard = shardOfPayload(data)
  if (shard === undefined) return void connection.close(GatewayCloseCodes.InvalidShard, 'Invalid shard.')
  const [id, count] = shard
  const intents = data['intents']
  if (!areIntents(intents)) return void connection.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).')
  if ((intents & PRIVILEGED & ~application.privilegedIntents) !== 0) return void connection.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).')

  const taken = parts.budgetOf(application).take(id)
  if (taken === 'used up') {
    // Discord ends all sessions and resets the token.
    application.token = parts.makeToken()
    parts.closeAll(application, GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
    return void connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.')
  }
  if (taken === 'too fast') return void connection.send({ op: GatewayOpcodes.InvalidSession, t: null, s: null, d: false })
  const guilds = [...world.guilds.values()].filter((guild) => guild.members.has(application.id) && shardOf(guild.id, count) === id)
  if (guilds.length > LIMITS.gateway.guildsPerShard) return void connection.close(GatewayCloseCodes.ShardingRequired, 'Sharding required.')

  connection.packEach = data['compress'] === true
  const session = new Session({ id: parts.makeToken(), application, intents, shard, connection })
  parts.keep(session)
  const ready: Partial<GatewayReadyDispatchData> = {
    v: 10, user: application.bot, guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })), session_id: session.id,
    resume_gateway_url: parts.url(), shard: [id, count], application: { id: application.id, flags: 0 as GatewayReadyDispatchData['application']['flags'], flags_new: '0' },
  }
  session.dispatch('READY', ready)
  for (const guild of guilds) if (intentOf('GUILD_CREATE', true) & intents) session.dispatch('GUILD_CREATE', wireGuildCreate(world, guild, application))
  parts.bus.emit({ type: 'gateway', change: 'identified', applicationId: application.id, shard: id, closeCode: undefined })
  return session
}

function shardOfPayload(data: JsonObject): [id: number, count: number] | undefined {
  const given: unknown = data['shard'] ?? [0, 1]
  const [id, count] = (Array.isArray(given) ? given : []) as unknown[]
  const valid = typeof id === 'number' && typeof count === 'number' && Number.isInteger(id) && Number.isInteger(count) && id >= 0 && count >= 1 && id < count
  return valid ? [id, count] : undefined
}
