import { PermissionFlagsBits } from 'discord-api-types/v10'
import { problems } from '../../errors.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import type { PlaceEvents } from '../../gateway/place-events.ts'
import { LIMITS } from '../../limits.ts'
import { textOf } from '../../json.ts'
import type { Guild } from '../../state/model.ts'
import { requirePermissions } from '../../state/permissions.ts'
import { wireChannel, wireGuild, wireMember } from '../../state/wire.ts'
import type { World } from '../../state/world.ts'
import { type ApiRequest, applicationOf, bodyOf, noContent, ok, param, type Route } from '../route.ts'

/** Who the bot is, and what is around it. */
export function basicRoutes(world: World, gateway: Gateway, events: PlaceEvents, gatewayUrl: () => string): Route[] {
  const guildOf = (request: ApiRequest): Guild => {
    const guild = world.guilds.get(param(request, 'guild'))
    if (guild === undefined) throw problems.unknownGuild()
    if (!guild.members.has(applicationOf(request).id)) throw problems.missingAccess()
    return guild
  }
  const guildsOf = (request: ApiRequest): Guild[] => [...world.guilds.values()].filter((guild) => guild.members.has(applicationOf(request).id))
  const describe = (request: ApiRequest): object => {
    const { id, bot } = applicationOf(request)
    return { id, name: bot.username, icon: null, description: '', bot_public: true, bot_require_code_grant: false, bot, verify_key: '', flags: 0, team: null, owner: null, approximate_guild_count: guildsOf(request).length }
  }
  const get = (pattern: string, handle: Route['handle']): Route => ({ method: 'GET', pattern, authorized: true, global: true, allowance: { bucket: pattern, requests: 30, windowMs: 30_000 }, handle })
  return [
    { ...get('/gateway', () => ok({ url: gatewayUrl() })), authorized: false },
    get('/gateway/bot', (request) => {
      const shards = Math.max(1, Math.ceil(guildsOf(request).length / LIMITS.gateway.guildsPerShard))
      return ok({ url: gatewayUrl(), shards, session_start_limit: gateway.budgetOf(applicationOf(request)).report() })
    }),
    get('/users/@me', (request) => ok({ ...applicationOf(request).bot, mfa_enabled: false, locale: 'en-US', verified: true, email: null, flags: 0 })),
    get('/applications/@me', (request) => ok(describe(request))),
    get('/oauth2/applications/@me', (request) => ok(describe(request))),
    get('/users/@me/guilds', (request) => ok(guildsOf(request).map(wireGuild))),
    {
      ...get('/users/@me/guilds/:guild', (request) => {
        const guild = guildOf(request)
        guild.members.delete(applicationOf(request).id)
        events.guildDeleted(guild, [applicationOf(request).id])
        return noContent
      }), method: 'DELETE',
    },
    get('/users/:user', (request) => {
      const person = world.people.get(param(request, 'user'))
      if (person === undefined) throw problems.unknownUser()
      return ok(person.user)
    }),
    get('/guilds/:guild', (request) => ok(wireGuild(guildOf(request)))),
    get('/guilds/:guild/channels', (request) => ok([...guildOf(request).channels.values()].map((channel) => wireChannel(world, channel)))),
    get('/guilds/:guild/roles', (request) => ok([...guildOf(request).roles.values()])),
    get('/guilds/:guild/members/:user', (request) => {
      const member = guildOf(request).members.get(param(request, 'user'))
      if (member === undefined) throw problems.unknownMember()
      return ok(wireMember(world, member))
    }),
    get('/channels/:channel', (request) => {
      const channel = world.channels.get(param(request, 'channel'))
      if (channel === undefined) throw problems.unknownChannel()
      requirePermissions(channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId), applicationOf(request).id, channel, PermissionFlagsBits.ViewChannel)
      return ok(wireChannel(world, channel))
    }),
    {
      ...get('/users/@me/channels', (request) => {
        const person = world.people.get(textOf(bodyOf(request)['recipient_id']) ?? '')
        if (person === undefined) throw problems.unknownUser()
        if (person.user.bot === true) throw problems.cannotDirectMessage()
        return ok(wireChannel(world, world.directChannel(applicationOf(request).id, person.user.id)))
      }), method: 'POST',
    },
  ]
}
