import { allowChannel, ensureGuild, gameChannels, type GuildNumber, type GuildSettings, guildSettings, removeChannel, setGuildNumber, setWeeklyChannel } from '@trivia/database/queries'
import { weekStart } from '../calendar/index.ts'
import { type GameContext, timeAt } from '../game/context.ts'

export interface ConfigRequest {
  readonly guildId: string
  readonly numbers: Readonly<Partial<Record<GuildNumber, number>>>
  readonly allow: string | null
  readonly remove: string | null
}

export interface GuildConfig extends GuildSettings {
  readonly channels: readonly string[]
}

/** Changes a server's settings and tells how they are then. */
export function configureGuild(context: GameContext, { guildId, numbers, allow, remove }: ConfigRequest): GuildConfig {
  const { db } = context
  ensureGuild(db, guildId, timeAt(context))
  for (const [name, value] of Object.entries(numbers) as [GuildNumber, number][]) setGuildNumber(db, guildId, name, value)
  if (allow !== null) allowChannel(db, guildId, allow)
  if (remove !== null) removeChannel(db, guildId, remove)
  return guildConfig(context, { guildId })
}

export function guildConfig({ db }: Pick<GameContext, 'db'>, { guildId }: { guildId: string }): GuildConfig {
  return { ...guildSettings(db, guildId), channels: gameChannels(db, guildId) }
}

/** Chooses where the weekly challenge is announced, from next Monday on; null: nowhere. */
export function chooseWeeklyChannel(context: GameContext, { guildId, channelId }: { guildId: string; channelId: string | null }): void {
  ensureGuild(context.db, guildId, timeAt(context))
  setWeeklyChannel(context.db, guildId, channelId, weekStart(new Date(context.now)))
}
