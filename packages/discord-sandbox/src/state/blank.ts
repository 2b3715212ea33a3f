/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment, @typescript-eslint/no-deprecated -- no flag is set; clients still read color */
import { type APIOverwrite, type APIRole, type APIUser, ChannelType, PermissionFlagsBits, type RoleFlags } from 'discord-api-types/v10'
import type { Channel } from './model.ts'

/** What everybody may do in a new server, as in Discord's own. */
export const DEFAULT_PERMISSIONS = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages | PermissionFlagsBits.EmbedLinks | PermissionFlagsBits.AttachFiles | PermissionFlagsBits.ReadMessageHistory | PermissionFlagsBits.AddReactions | PermissionFlagsBits.UseExternalEmojis | PermissionFlagsBits.UseApplicationCommands

/** What may be said of a new channel. */
export interface ChannelOptions {
  readonly id?: string
  readonly topic?: string
  readonly nsfw?: boolean
  readonly overwrites?: readonly APIOverwrite[]
}

/** A new account. */
export function blankUser(id: string, name: string): APIUser {
  const username = name.toLowerCase().replace(/[^a-z0-9._]+/g, '_').slice(0, 32)
  return { id, username, discriminator: '0', global_name: name, avatar: null }
}

/** A new role. */
export function blankRole(id: string, name: string, position: number, permissions: bigint): APIRole {
  const flags: RoleFlags = 0 as RoleFlags
  return { id, name, color: 0, colors: { primary_color: 0, secondary_color: null, tertiary_color: null }, hoist: false, position, permissions: String(permissions), managed: false, mentionable: false, flags }
}

/** A new text channel. */
export function blankChannel(id: string, guildId: string, name: string, position: number, options: ChannelOptions = {}): Channel {
  return { id, guildId, type: ChannelType.GuildText, name, topic: options.topic ?? null, nsfw: options.nsfw === true, position, overwrites: [...options.overwrites ?? []], recipients: [], lastMessageId: null }
}

/** A new conversation of a bot and a person. */
export function blankConversation(id: string, recipients: readonly string[]): Channel {
  return { id, guildId: undefined, type: ChannelType.DM, name: '', topic: null, nsfw: false, position: 0, overwrites: [], recipients, lastMessageId: null }
}
