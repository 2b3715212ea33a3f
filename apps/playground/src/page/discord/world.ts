/** The places, people and commands of the local Discord. */
export interface Channel {
  readonly id: string
  readonly name: string
  readonly topic: string | null
}

export interface Role {
  readonly id: string
  readonly name: string
  readonly permissions: string
}

export interface Member {
  readonly id: string
  readonly name: string
  readonly bot: boolean
  readonly roles: readonly string[]
}

export interface Guild {
  readonly id: string
  readonly name: string
  readonly locale: string
  readonly ownerId: string
  readonly hasBot: boolean
  readonly channels: readonly Channel[]
  readonly roles: readonly Role[]
  readonly members: readonly Member[]
}

export type Localised = Readonly<Record<string, string>> | null | undefined

export interface CommandOption {
  readonly type: number
  readonly name: string
  readonly name_localizations?: Localised
  readonly description: string
  readonly description_localizations?: Localised
  readonly required?: boolean
  readonly choices?: readonly { readonly name: string; readonly name_localizations?: Localised; readonly value: string | number }[]
  readonly options?: readonly CommandOption[]
  readonly autocomplete?: boolean
  readonly min_value?: number
  readonly max_value?: number
  readonly min_length?: number
  readonly max_length?: number
}

export interface Command {
  readonly id: string
  readonly type: number
  readonly name: string
  readonly name_localizations?: Localised
  readonly description: string
  readonly description_localizations?: Localised
  readonly default_member_permissions?: string | null
  readonly guild_id?: string
  readonly options?: readonly CommandOption[]
}

export interface World {
  readonly now: number
  readonly application: { readonly id: string; readonly name: string }
  readonly guild: { readonly id: string; readonly name: string }
  readonly guilds: readonly Guild[]
  readonly users: readonly { readonly name: string; readonly id: string; readonly locale: string }[]
  readonly commands: readonly Command[]
  readonly connections: readonly { readonly shard: readonly [number, number]; readonly connected: boolean }[]
  readonly invalidRequests: { readonly count: number } | number
}

const ADMINISTRATOR = 8n

/** Whether Discord's menu offers a command to a member: owners and administrators see all. */
export function isOffered(command: Command, guild: Guild, memberId: string): boolean {
  const needed = command.default_member_permissions
  if (needed === null || needed === undefined) return true
  if (guild.ownerId === memberId) return true
  const held = permissionsIn(guild, memberId)
  if ((held & ADMINISTRATOR) !== 0n) return true
  return needed !== '0' && (held & BigInt(needed)) === BigInt(needed)
}

export function isAdministrator(guild: Guild, memberId: string): boolean {
  return guild.ownerId === memberId || (permissionsIn(guild, memberId) & ADMINISTRATOR) !== 0n
}

function permissionsIn(guild: Guild, memberId: string): bigint {
  const own = guild.members.find(({ id }) => id === memberId)?.roles ?? []
  return guild.roles.filter(({ id }) => id === guild.id || own.includes(id)).reduce((held, { permissions }) => held | BigInt(permissions), 0n)
}

/** What somebody reads whose client is in that language. */
export function localised(text: string, texts: Localised, locale: string): string {
  return texts?.[locale] ?? text
}
