import type { ShardRange } from '@trivia/database/queries'
import type { Services } from '../discord/handler.ts'
import type { DiscordChannels } from '../games/discord-channel.ts'
import { tellGames } from '../games/tell-games.ts'
import { within } from './in-flight.ts'

/** How long telling them may take, in milliseconds. */
const LONGEST = 3_000

/** Tells the channels where a game runs that the bot goes for a moment. */
export async function goodbye(services: Services, channels: DiscordChannels, shards: ShardRange): Promise<void> {
  const { told } = await tellGames(services, channels, { shards, text: (t) => t('game.updating') })
  await within(LONGEST, told)
}

/** Tells the channels where a game runs that it goes on. */
export async function welcomeBack(services: Services, channels: DiscordChannels, shards: ShardRange): Promise<void> {
  const { told } = await tellGames(services, channels, { shards, text: (t) => t('game.continued') })
  await within(LONGEST, told)
}
