import { GatewayIntentBits } from 'discord-api-types/v10'

/** The intents that must be switched on in the developer portal: https://docs.discord.com/developers/events/gateway#privileged-intents */
export const PRIVILEGED: number = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent

const KNOWN: number = Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number').reduce<number>((all, bit) => all | bit, 0)

/** Whether this is a set of intents that exist. */
export function areIntents(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && (value & ~KNOWN) === 0
}

/** The intent that an event needs, in a guild and outside of one; 0 for what everybody gets. */
export function intentOf(event: string, inGuild: boolean): number {
  if (event.startsWith('MESSAGE_')) return inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages
  if (event.startsWith('GUILD_MEMBER_')) return GatewayIntentBits.GuildMembers
  if (event.startsWith('GUILD_') || event.startsWith('CHANNEL_')) return GatewayIntentBits.Guilds
  return 0
}
