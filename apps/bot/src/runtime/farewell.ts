import type { ShardRange } from '@trivia/database/queries'
import type { Services } from '../discord/handler.ts'
import type { DiscordChannels } from '../games/discord-channel.ts'
import type { Translate } from '../texts/index.ts'
import { within } from './in-flight.ts'

/** So many channels are told at most: Discord takes 50 requests a second, and waits for nobody's end. */
const MOST = 100
/** How long telling them may take, in milliseconds. */
const LONGEST = 3_000

/** Tells the channels where a game runs that the bot goes for a moment. */
export async function goodbye(services: Services, channels: DiscordChannels, shards: ShardRange): Promise<void> {
  await tell(services, channels, shards, (t) => t('game.updating'))
}

/** Tells the channels where a game runs that it goes on. */
export async function welcomeBack(services: Services, channels: DiscordChannels, shards: ShardRange): Promise<void> {
  await tell(services, channels, shards, (t) => t('game.continued'))
}

async function tell({ store, texts, log }: Services, channels: DiscordChannels, shards: ShardRange, text: (t: Translate) => string): Promise<void> {
  try {
    const games = (await store.call('runningGames', shards)).filter(({ mode }) => mode === 'race' || mode === 'solo').slice(0, MOST)
    if (games.length === 0) return
    const told = Promise.allSettled(games.map(({ channelId, locale }) => channels.send(channelId, { content: text(texts.for(locale)) })))
    await within(LONGEST, told)
    log.info({ games: games.length }, 'running games were told')
  } catch (error) {
    log.warn({ err: error }, 'running games could not be told')
  }
}
