import { type JsonObject, textOf } from '../json.ts'
import { wireMember } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import type { Session } from './session.ts'

/** Answers a request for members, by ids or by the beginning of a name, in one chunk: https://docs.discord.com/developers/events/gateway-events#request-guild-members */
export function sendMembers(world: World, session: Session, data: JsonObject): void {
  const guild = world.guilds.get(textOf(data['guild_id']) ?? '')
  if (guild?.members.has(session.application.id) !== true) return
  const ids = [data['user_ids']].flat().filter((id) => typeof id === 'string')
  const query = (textOf(data['query']) ?? '').toLowerCase()
  const found = [...guild.members.values()].filter((member) => ids.length > 0 ? ids.includes(member.userId) : world.people.get(member.userId)?.user.username.startsWith(query) === true)
  const notFound = ids.filter((id) => !guild.members.has(id))
  session.dispatch('GUILD_MEMBERS_CHUNK', { guild_id: guild.id, members: found.map((member) => wireMember(world, member)), chunk_index: 0, chunk_count: 1, not_found: notFound, nonce: data['nonce'] })
}
