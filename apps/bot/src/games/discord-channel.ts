import { type Client, DiscordAPIError, InteractionWebhook, type MessageCreateOptions } from 'discord.js'
import { withoutPings } from '../discord/first-answer.ts'
import type { Body } from '../discord/reply.ts'

/** How writing into a channel went. */
export type Delivery =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** The message to be changed is gone. */
  | { readonly kind: 'gone' }
  /** It will never succeed: no such channel, or not allowed. */
  | { readonly kind: 'hopeless'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Unknown channel, server or webhook; no access; no permission; archived thread. */
const HOPELESS = new Set<number | string>([10_003, 10_004, 10_015, 50_001, 50_013, 50_027, 50_083])
const UNKNOWN_MESSAGE = 10_008

/** Writes without an interaction, and says what became of it instead of throwing. */
export class DiscordChannels {
  readonly #client: Client<true>

  constructor(client: Client<true>) {
    this.#client = client
  }

  /**
   * Sends a message. `nonce` keeps Discord from showing it twice when it is sent again. Without permission to write
   * there, `replyToken`, an interaction's token, still allows it for 15 minutes.
   */
  async send(channelId: string, body: Body, { nonce, replyToken }: { nonce?: string; replyToken?: string | null } = {}): Promise<Delivery> {
    const delivery = await attempt(async () => {
      const channel = await this.#client.channels.fetch(channelId)
      if (!channel?.isSendable()) throw new NoChannel()
      const message: MessageCreateOptions = { ...withoutPings(body), ...(nonce === undefined ? {} : { nonce, enforceNonce: true }) }
      return channel.send(message)
    })
    if (delivery.kind !== 'hopeless' || !replyToken) return delivery
    const other = await attempt(() => this.#webhook(replyToken).send(withoutPings(body)))
    return other.kind === 'sent' ? other : delivery
  }

  async edit(channelId: string, messageId: string, body: Body): Promise<Delivery> {
    return attempt(async () => {
      const channel = await this.#client.channels.fetch(channelId)
      if (!channel?.isTextBased()) throw new NoChannel()
      return channel.messages.edit(messageId, withoutPings(body))
    })
  }

  /** Changes the message that answered an interaction, which only its player may see. */
  async editReply(replyToken: string, body: Body): Promise<Delivery> {
    return attempt(() => this.#webhook(replyToken).editMessage('@original', withoutPings(body)))
  }

  #webhook(token: string): InteractionWebhook {
    return new InteractionWebhook(this.#client, this.#client.application.id, token)
  }
}

class NoChannel extends Error {
  override readonly name = 'NoChannel'
}

async function attempt(work: () => Promise<{ id: string }>): Promise<Delivery> {
  try {
    return { kind: 'sent', messageId: (await work()).id }
  } catch (error) {
    if (error instanceof NoChannel) return { kind: 'hopeless', error }
    if (!(error instanceof DiscordAPIError)) return { kind: 'failed', error }
    if (error.code === UNKNOWN_MESSAGE) return { kind: 'gone' }
    // What Discord refuses for its content, by a filter or for good, it refuses again.
    const refused = error.status >= 400 && error.status < 500 && error.status !== 429
    return HOPELESS.has(error.code) || refused ? { kind: 'hopeless', error } : { kind: 'failed', error }
  }
}
