import type { StoredMessage } from './model.ts'

/** Messages by id, with an index by channel; of each channel the newest are kept. */
export class MessageStore extends Map<string, StoredMessage> {
  readonly #byChannel = new Map<string, Map<string, StoredMessage>>()
  readonly #keptPerChannel: number

  /** @param keptPerChannel how many messages of a channel are kept; older ones are forgotten without an event */
  constructor(keptPerChannel: number) {
    super()
    this.#keptPerChannel = keptPerChannel
  }

  override set(id: string, stored: StoredMessage): this {
    const channel = this.#byChannel.get(stored.channelId) ?? new Map<string, StoredMessage>()
    this.#byChannel.set(stored.channelId, channel.set(id, stored))
    super.set(id, stored)
    if (channel.size > this.#keptPerChannel) {
      const [oldest] = channel.keys()
      if (oldest !== undefined) this.delete(oldest)
    }
    return this
  }

  override delete(id: string): boolean {
    const stored = this.get(id)
    if (stored !== undefined) this.#byChannel.get(stored.channelId)?.delete(id)
    return super.delete(id)
  }

  /** The messages of a channel, oldest first. */
  inChannel(channelId: string): IteratorObject<StoredMessage> {
    return (this.#byChannel.get(channelId) ?? new Map<string, StoredMessage>()).values()
  }

  /** Forgets the messages of a channel. */
  dropChannel(channelId: string): void {
    for (const id of this.#byChannel.get(channelId)?.keys() ?? []) super.delete(id)
    this.#byChannel.delete(channelId)
  }
}
