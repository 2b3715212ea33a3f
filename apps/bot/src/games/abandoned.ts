import type { AbandonedGame } from '../features/game/index.ts'
import { endMessage } from '../messages/end-message.ts'
import { revealMessage } from '../messages/reveal-message.ts'
import type { Texts } from '../texts/index.ts'
import type { DiscordChannels } from './discord-channel.ts'

/** Tells channels that their game is over, after everything of its host was deleted. */
export async function tellAbandoned(channels: DiscordChannels, texts: Texts, games: readonly AbandonedGame[]): Promise<void> {
  for (const { ended, reveal } of games) {
    const t = texts.for(ended.locale)
    if (reveal?.messageId) await channels.edit(ended.channelId, reveal.messageId, revealMessage(t, reveal, null))
    await channels.send(ended.channelId, endMessage(t, ended), { replyToken: ended.replyToken })
  }
}
