import { z } from 'zod'
import type { Sandbox } from '../driver/sandbox.ts'
import { SeenMessage } from '../driver/seen.ts'
import type { SandboxUser } from '../driver/user.ts'
import { NotPossible } from '../errors.ts'
import type { Channel, Guild } from '../state/model.ts'

/** Which server, by id or name. */
export const ofGuild = { guild: z.string().optional() }
/** Which channel, by id or name. */
export const ofChannel = { ...ofGuild, channel: z.string().optional() }
/** Who acts, and where; `direct` is their conversation with the bot. */
export const actor = { user: z.string().min(1), ...ofChannel, direct: z.boolean().default(false) }

/** The server of this id or name; the first one if neither is given. */
export function guildOf(sandbox: Sandbox, name: string | undefined): Guild {
  if (name === undefined) return sandbox.guild
  const found = sandbox.world.guilds.get(name) ?? sandbox.world.guilds.values().find((guild) => guild.name === name)
  if (found === undefined) throw new NotPossible(`There is no server "${name}".`)
  return found
}

/** The channel of this id, or of this name in the server; the server's first one if nothing is given. */
export function channelOf(sandbox: Sandbox, place: { guild?: string | undefined; channel?: string | undefined }): Channel {
  const byId = place.channel === undefined ? undefined : sandbox.world.channels.get(place.channel)
  if (byId !== undefined && (place.guild === undefined || byId.guildId === guildOf(sandbox, place.guild).id)) return byId
  const channels = guildOf(sandbox, place.guild).channels.values()
  const found = channels.find((channel) => place.channel === undefined || channel.name === place.channel)
  if (found === undefined) throw new NotPossible(place.channel === undefined ? 'The server has no channel.' : `There is no channel "${place.channel}" in that server.`)
  return found
}

/** Somebody of this name (made if there is none) in the channel that is meant. */
export function userIn(sandbox: Sandbox, about: { user: string; guild?: string | undefined; channel?: string | undefined; direct: boolean }): SandboxUser {
  const user = sandbox.user(about.user)
  return about.direct ? user.direct() : user.in(channelOf(sandbox, about))
}

/** The id of somebody: of this name, or whose id this is. */
export function idOf(sandbox: Sandbox, user: string): string {
  return sandbox.users.get(user)?.id ?? (sandbox.world.people.has(user) ? user : sandbox.user(user).id)
}

/** The message of this id. */
export function messageOf(sandbox: Sandbox, id: string): SeenMessage {
  const stored = sandbox.world.messages.get(id)
  if (stored === undefined) throw new NotPossible('There is no such message.')
  return new SeenMessage(stored, sandbox)
}
