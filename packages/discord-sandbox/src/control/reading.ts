import type { Sandbox } from '../driver/sandbox.ts'
import { NotPossible } from '../errors.ts'
import type { Interaction } from '../interactions/interaction.ts'
import type { Guild } from '../state/model.ts'
import { userOf } from '../state/wire.ts'
import type { Endpoints } from './endpoint.ts'
import { userIn } from './where.ts'

// A page draws what is there; a benchmark's thousands of servers are not for drawing.
const SHOWN_GUILDS = 100
const SHOWN_INTERACTIONS = 1_000

/** What there is to see. */
export const reading: Endpoints = {
  'GET /state': ({ sandbox }) => state(sandbox),
  'GET /requests': ({ sandbox, query }) => query.get('refused') === 'true' ? sandbox.requests.filter((each) => each.status >= 400) : sandbox.requests,
  'GET /interactions': ({ sandbox }) => [...sandbox.interactions.all.values()].slice(-SHOWN_INTERACTIONS).map(describeInteraction),
  'GET /messages': ({ sandbox, query }) => {
    const [user, guild, channel] = ['user', 'guild', 'channel'].map((name) => query.get(name) ?? undefined)
    if (user === undefined || user === '') throw new NotPossible('Say whose messages: ?user=NAME.')
    return userIn(sandbox, { user, guild, channel, direct: query.get('direct') === 'true' }).messages()
  },
}

/** An interaction without its token. */
export function describeInteraction(interaction: Interaction): object {
  const { answeredAt, createdAt } = interaction
  return { ...interaction, token: undefined, timeToFirstAnswerMs: answeredAt === undefined ? undefined : answeredAt - createdAt }
}

function state(sandbox: Sandbox): object {
  const { application, world } = sandbox
  return {
    now: sandbox.clock.now(),
    application: { id: application.id, name: application.bot.username, privilegedIntents: application.privilegedIntents },
    guild: { id: sandbox.guild.id, name: sandbox.guild.name }, channel: { id: sandbox.channel.id, name: sandbox.channel.name },
    guildCount: world.guilds.size,
    guilds: world.guilds.values().take(SHOWN_GUILDS).map((guild) => describeGuild(sandbox, guild)).toArray(),
    users: [...sandbox.users].map(([name, { id }]) => ({ name, id, locale: world.people.get(id)?.locale, directMessages: world.people.get(id)?.directMessages })),
    commands: [...application.commands.values()].flat(),
    connections: [...sandbox.gateway.sessions.values()].map((session) => ({ shard: session.shard, connected: session.connection !== undefined, intents: session.intents, sequence: session.sequence })),
    invalidRequests: sandbox.invalidRequests(),
  }
}

function describeGuild(sandbox: Sandbox, guild: Guild): object {
  return {
    id: guild.id, name: guild.name, locale: guild.locale, ownerId: guild.ownerId, hasBot: guild.members.has(sandbox.application.id),
    channels: [...guild.channels.values()].map(({ id, name, topic, nsfw, overwrites }) => ({ id, name, topic, nsfw, overwrites })),
    roles: [...guild.roles.values()].map(({ id, name, permissions }) => ({ id, name, permissions })),
    members: [...guild.members.values()].map(({ userId, roles }) => {
      const { username, global_name, bot } = userOf(sandbox.world, userId)
      return { id: userId, name: global_name ?? username, bot: bot === true, roles: [...roles] }
    }),
  }
}
