import type { ShardRange } from '@trivia/database/queries'
import type { Services } from '../discord/handler.ts'
import type { Translate } from '../texts/index.ts'
import type { DiscordChannels } from './discord-channel.ts'

/** So many channels are told at most: Discord takes 50 requests a second, and waits for nobody's end. */
const MOST = 100

/** Whom to tell, and what. */
export interface Telling {
  readonly shards: ShardRange
  readonly text: (t: Translate) => string
  /** Games that have been told already. */
  readonly except?: ReadonlySet<number>
}

/**
 * Tells the channels where a game runs something, each in its language.
 *
 * @returns which games those are, and when all of them have been told
 */
export async function tellGames({ store, texts, log }: Services, channels: DiscordChannels, { shards, text, except = new Set() }: Telling): Promise<{ games: number[]; told: Promise<unknown> }> {
  try {
    const games = (await store.call('runningGames', shards)).filter(({ mode, sessionId }) => (mode === 'race' || mode === 'solo') && !except.has(sessionId)).slice(0, MOST)
    const told = Promise.allSettled(games.map(({ channelId, locale }) => channels.send(channelId, { content: text(texts.for(locale)) })))
    if (games.length > 0) log.info({ games: games.length }, 'running games were told')
    return { games: games.map(({ sessionId }) => sessionId), told }
  } catch (error) {
    log.warn({ err: error }, 'running games could not be told')
    return { games: [], told: Promise.resolve() }
  }
}
