import { PermissionFlagsBits } from 'discord-api-types/v10'
import { isObject, type JsonObject } from '../json.ts'
import { permissionsOf } from './permissions.ts'
import type { Channel } from './model.ts'
import type { World } from './world.ts'

/** Whom a message notifies. */
export interface Mentions {
  readonly users: readonly string[]
  readonly roles: readonly string[]
  readonly everyone: boolean
}

/** Finds whom a text notifies, as far as `allowed_mentions` lets it: https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export function findMentions(world: World, channel: Channel, author: { authorId: string; repliedTo: string | undefined }, content: string, allowed: unknown): Mentions {
  const guild = channel.guildId === undefined ? undefined : world.guilds.get(channel.guildId)
  const rules = isObject(allowed) ? allowed : undefined
  const found = (pattern: RegExp): string[] => [...new Set([...content.matchAll(pattern)].map((match) => match[1] ?? ''))]
  // Without rules everything notifies; with rules the author of the message that is replied to only if they say so.
  const replied = author.repliedTo !== undefined && (rules === undefined || rules['replied_user'] === true) ? [author.repliedTo] : []
  const mayMentionAll = guild === undefined || (permissionsOf(guild, author.authorId, channel) & PermissionFlagsBits.MentionEveryone) !== 0n
  return {
    users: [...new Set([...found(/<@!?(\d+)>/g).filter((id) => world.people.has(id) && allows(rules, 'users', id)), ...replied])],
    roles: found(/<@&(\d+)>/g).filter((id) => guild?.roles.has(id) === true && allows(rules, 'roles', id) && (mayMentionAll || guild.roles.get(id)?.mentionable === true)),
    everyone: /@(everyone|here)\b/.test(content) && mayMentionAll && guild !== undefined && allows(rules, 'everyone', ''),
  }
}

function allows(rules: JsonObject | undefined, kind: 'users' | 'roles' | 'everyone', id: string): boolean {
  if (rules === undefined) return true
  const parse: unknown = rules['parse']
  const ids: unknown = rules[kind]
  return (Array.isArray(parse) && parse.includes(kind)) || (Array.isArray(ids) && ids.includes(id))
}
