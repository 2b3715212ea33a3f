import type { ShardRange } from '@trivia/database/queries'
import type { Services } from '../discord/handler.ts'
import type { Task } from '../features/game/index.ts'
import { awardAnnouncement } from '../messages/award-message.ts'
import { endMessage } from '../messages/end-message.ts'
import { questionMessage } from '../messages/question-message.ts'
import { revealMessage } from '../messages/reveal-message.ts'
import type { Delivery, DiscordChannels } from './discord-channel.ts'

/** How often games are looked after, in milliseconds. */
const EVERY = 250
/** So many are moved on at once at most. */
const LIMIT = 50

/**
 * Looks after running games: asks the next question when its time has come, shows results, tells the end. What is due
 * stands in the database, so that a process that has just started does the same as one that has run for weeks.
 */
export class GameAttendant {
  readonly #services: Services
  readonly #channels: DiscordChannels
  readonly #shards: ShardRange
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  readonly #deliveries = new Set<Promise<void>>()

  constructor(services: Services, channels: DiscordChannels, shards: ShardRange) {
    this.#services = services
    this.#channels = channels
    this.#shards = shards
  }

  start(): void {
    const again = (): void => {
      this.#timer = setTimeout(() => {
        this.#round = this.#attend().catch((error: unknown) => this.#services.log.error({ err: error }, 'games could not be looked after'))
        void this.#round.then(() => this.#timer !== undefined && again())
      }, EVERY)
    }
    again()
  }

  /** Begins nothing more, and finishes what it was telling. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#round
    await Promise.allSettled(this.#deliveries)
  }

  async #attend(): Promise<void> {
    const { store, clock } = this.#services
    const dueBy = clock.now()
    // Asking needs no lock; most of the time there is nothing to do.
    if (!(await store.call('anyDue', this.#shards))) return
    for (const task of await store.call('advance', { shards: this.#shards, limit: LIMIT, dueBy })) {
      const delivery = this.#deliver(task).catch((error: unknown) => this.#services.log.error({ err: error, task: task.kind }, 'a game could not be moved on'))
      this.#deliveries.add(delivery)
      void delivery.finally(() => this.#deliveries.delete(delivery))
    }
  }

  async #deliver(task: Task): Promise<void> {
    const { store, texts } = this.#services
    switch (task.kind) {
      case 'post': {
        const { question, replyToken } = task
        const { sessionId, roundId, channelId, locale } = question
        const delivery = await this.#channels.send(channelId, questionMessage(texts.for(locale), question), { nonce: `q${roundId}`, replyToken })
        if (delivery.kind === 'sent') await store.call('questionPosted', { sessionId, roundId, messageId: delivery.messageId })
        else await this.#failed(sessionId, delivery)
        return
      }
      case 'reveal': {
        const { reveal: { sessionId, roundId } } = task
        const delivery = await this.#showResult(task)
        // A message that is gone, or that nobody may change any more, keeps no game from going on.
        if (delivery.kind !== 'failed') await store.call('resultShown', { sessionId, roundId })
        else await this.#failed(sessionId, delivery)
        await this.#announce(task)
        return
      }
      case 'end': {
        const { sessionId, channelId, locale, replyToken } = task.game
        const delivery = await this.#channels.send(channelId, endMessage(texts.for(locale), task.game), { nonce: `e${sessionId}`, replyToken })
        if (delivery.kind === 'failed') await this.#failed(sessionId, delivery)
        else await store.call('endShown', { sessionId })
        return
      }
      case 'withdrawn':
        await this.#channels.edit(task.channelId, task.messageId, { content: texts.for(task.locale)('game.withdrawn') })
        return
      case 'broken':
        this.#services.log.error({ session: task.sessionId, error: task.error }, 'a game could not be moved on')
    }
  }

  async #showResult({ reveal, replyToken, nextAt }: Extract<Task, { kind: 'reveal' }>): Promise<Delivery> {
    const { channelId, messageId, mode, roundId } = reveal
    const body = revealMessage(this.#services.texts.for(reveal.locale), reveal, nextAt)
    if (mode === 'daily' || mode === 'weekly') return replyToken === null ? { kind: 'gone' } : this.#channels.editReply(replyToken, body)
    const edited: Delivery = messageId === null ? { kind: 'gone' } : await this.#channels.edit(channelId, messageId, body)
    // The message was deleted: the result is told all the same.
    return edited.kind === 'gone' ? this.#channels.send(channelId, body, { nonce: `r${roundId}`, replyToken }) : edited
  }

  /** What a player was given though the time was up: the challenge was complete. */
  async #announce({ reveal: { channelId, hostId, locale, standings }, award }: Extract<Task, { kind: 'reveal' }>): Promise<void> {
    if (award?.announce !== true) return
    const name = standings.find(({ userId }) => userId === hostId)?.name ?? ''
    for (const { body } of awardAnnouncement(this.#services.texts.for(locale), award, { name, userId: hostId })) await this.#channels.send(channelId, body)
  }

  async #failed(sessionId: number, delivery: Extract<Delivery, { kind: 'failed' | 'hopeless' | 'gone' }>): Promise<void> {
    const hopeless = delivery.kind === 'hopeless'
    this.#services.log.warn({ err: 'error' in delivery ? delivery.error : undefined, session: sessionId, hopeless }, 'Discord did not take a message of a game')
    await this.#services.store.call('postingFailed', { sessionId, hopeless })
  }
}
