import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { problems } from '../errors.ts'
import type { Channel, Guild } from './model.ts'

const EVERYTHING = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n)

/** What somebody may do, by https://docs.discord.com/developers/topics/permissions#permission-overwrites */
export function permissionsOf(guild: Guild, userId: string, channel?: Channel): bigint {
  if (guild.ownerId === userId) return EVERYTHING
  const member = guild.members.get(userId)
  if (member === undefined) return 0n
  const roles = new Set([guild.id, ...member.roles])
  let permissions = 0n
  for (const id of roles) permissions |= BigInt(guild.roles.get(id)?.permissions ?? '0')
  if ((permissions & PermissionFlagsBits.Administrator) !== 0n) return EVERYTHING
  const apply = (matches: (id: string, type: OverwriteType) => boolean): void => {
    let allow = 0n
    let deny = 0n
    for (const overwrite of channel?.overwrites ?? []) if (matches(overwrite.id, overwrite.type)) {
      allow |= BigInt(overwrite.allow)
      deny |= BigInt(overwrite.deny)
    }
    permissions = (permissions & ~deny) | allow
  }
  apply((id) => id === guild.id)
  apply((id, type) => type === OverwriteType.Role && id !== guild.id && roles.has(id))
  apply((id, type) => type === OverwriteType.Member && id === userId)
  return permissions
}

/** Ends the request if the bot does not see the channel (50001), or lacks a permission in it (50013). */
export function requirePermissions(guild: Guild | undefined, userId: string, channel: Channel, ...needed: readonly bigint[]): void {
  if (guild === undefined) return
  const held = permissionsOf(guild, userId, channel)
  if ((held & PermissionFlagsBits.ViewChannel) === 0n) throw problems.missingAccess()
  if (needed.some((bit) => (held & bit) === 0n)) throw problems.missingPermissions()
}
