import type { Reader } from '../connection.ts'

/** A server's settings. Bounds are in the schema. */
export interface GuildSettings {
  readonly locale: string | null
  /** Seconds for a question of a game. */
  readonly timeLimit: number
  readonly easy: number
  readonly medium: number
  readonly hard: number
  readonly dailyMultiplier: number
  readonly weeklyMultiplier: number
  readonly weeklyChannelId: string | null
}

export const defaultGuildSettings: GuildSettings = {
  locale: null, timeLimit: 30, easy: 10, medium: 20, hard: 30, dailyMultiplier: 2, weeklyMultiplier: 3, weeklyChannelId: null,
}

export function guildSettings(db: Reader, guildId: string | null): GuildSettings {
  if (guildId === null) return defaultGuildSettings
  return db.get<GuildSettings>(
    `SELECT locale, time_limit AS timeLimit, points_easy AS easy, points_medium AS medium, points_hard AS hard,
       daily_multiplier AS dailyMultiplier, weekly_multiplier AS weeklyMultiplier, CAST(weekly_channel_id AS TEXT) AS weeklyChannelId
     FROM guilds WHERE guild_id = ?`,
    guildId,
  ) ?? defaultGuildSettings
}

/** Where a server's games may be played; none listed means everywhere. */
export function gameChannels(db: Reader, guildId: string): string[] {
  return db.all<{ id: string }>('SELECT CAST(channel_id AS TEXT) AS id FROM guild_channels WHERE guild_id = ? ORDER BY channel_id', guildId).map(({ id }) => id)
}
