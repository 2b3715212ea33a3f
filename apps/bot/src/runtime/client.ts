import { Client, GatewayIntentBits, Options } from 'discord.js'
import type { Config } from '../config.ts'

/**
 * A client with one intent, which is not privileged: servers and their channels. It keeps no members, messages or
 * presences: interactions bring what is needed, and memory stays small with thousands of servers.
 */
export function createClient({ apiUrl, shards, shardCount }: Pick<Config, 'apiUrl' | 'shards' | 'shardCount'>): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [], repliedUser: false },
    rest: { api: apiUrl },
    ...(shards === 'auto' ? { shards: 'auto' as const } : { shards: [...shards] }),
    ...(shardCount === null ? {} : { shardCount }),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ApplicationCommandManager: 0, ApplicationEmojiManager: 0, AutoModerationRuleManager: 0, BaseGuildEmojiManager: 0, DMMessageManager: 0, EntitlementManager: 0,
      GuildBanManager: 0, GuildEmojiManager: 0, GuildForumThreadManager: 0, GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0, GuildScheduledEventManager: 0, GuildStickerManager: 0, GuildTextThreadManager: 0, MessageManager: 0, PresenceManager: 0, ReactionManager: 0,
      ReactionUserManager: 0, StageInstanceManager: 0, ThreadManager: 0, ThreadMemberManager: 0, UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id }, VoiceStateManager: 0,
    }),
  })
}
