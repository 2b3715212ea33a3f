import { problems } from '../errors.ts'
import type { Clock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import { LIMITS } from '../limits.ts'
import type { Bus } from '../state/bus.ts'
import type { Channel, Member } from '../state/model.ts'
import { permissionsOf } from '../state/permissions.ts'
import { userOf, wireActor, wireChannel } from '../state/wire.ts'
import type { World } from '../state/world.ts'
import type { Interaction } from './interaction.ts'

/** Sends an event to an application's shard; false if nobody is connected. */
export type Deliver = (applicationId: string, guildId: string | undefined, event: string, data: object) => boolean

/** What is needed to start an interaction. */
export interface NewInteraction {
  readonly applicationId: string
  readonly type: Interaction['type']
  readonly label: string
  readonly userId: string
  readonly channel: Channel
  readonly data: JsonObject
  readonly messageId?: string | undefined
}

/** The interactions of all applications: their tokens and deadlines. */
export class Interactions {
  readonly all = new Map<string, Interaction>()
  readonly #byToken = new Map<string, Interaction>()
  readonly #deadlines = new Map<string, () => void>()
  readonly #world: World
  readonly #bus: Bus
  readonly #clock: Clock
  readonly #makeToken: () => string
  readonly #deliver: Deliver
  readonly #kept: number

  /** @param parts `kept` says how many interactions are remembered; the oldest finished ones are forgotten */
  constructor(parts: { world: World; bus: Bus; clock: Clock; makeToken: () => string; deliver: Deliver; kept: number }) {
    this.#kept = parts.kept
    this.#world = parts.world
    this.#bus = parts.bus
    this.#clock = parts.clock
    this.#makeToken = parts.makeToken
    this.#deliver = parts.deliver
  }

  /** Somebody does something: the bot is told, and has three seconds. */
  start(options: NewInteraction): Interaction {
    const interaction: Interaction = {
      id: this.#world.makeId(), token: this.#makeToken(), applicationId: options.applicationId, type: options.type, label: options.label, userId: options.userId,
      channelId: options.channel.id, guildId: options.channel.guildId, createdAt: this.#clock.now(), data: options.data, messageId: options.messageId, state: 'waiting', followups: [],
    }
    this.all.set(interaction.id, interaction)
    this.#byToken.set(interaction.token, interaction)
    this.#bus.emit({ type: 'interaction', change: 'sent', interactionId: interaction.id })
    this.#forget()
    this.#deadlines.set(interaction.id, this.#clock.after(LIMITS.interaction.firstAnswerMs, () => this.#fail(interaction)))
    const delivered = this.#deliver(options.applicationId, interaction.guildId, 'INTERACTION_CREATE', this.#wire(interaction, options.channel))
    // Nobody is there to answer: Discord's own clients say so at once too.
    if (!delivered) this.#fail(interaction)
    return interaction
  }

  /** The interaction that a callback is for: it is there, in time, and not answered yet. */
  forCallback(id: string, token: string): Interaction {
    const interaction = this.all.get(id)
    if (interaction?.token !== token || interaction.state === 'failed' || this.#clock.now() - interaction.createdAt > LIMITS.interaction.tokenMs) throw problems.unknownInteraction()
    if (interaction.state === 'answered') throw problems.alreadyAcknowledged()
    return interaction
  }

  /** The interaction of a webhook's token, which lives for 15 minutes. */
  forWebhook(applicationId: string, token: string): Interaction {
    const interaction = this.#byToken.get(token)
    if (interaction?.applicationId !== applicationId) throw problems.unknownWebhook()
    if (this.#clock.now() - interaction.createdAt >= LIMITS.interaction.tokenMs) throw problems.invalidToken()
    if (interaction.state !== 'answered') throw problems.unknownWebhook()
    return interaction
  }

  /** Notes the first answer. */
  answer(interaction: Interaction, callback: number): void {
    this.#done(interaction)
    interaction.state = 'answered'
    interaction.callback = callback
    interaction.answeredAt = this.#clock.now()
    this.#bus.emit({ type: 'interaction', change: 'answered', interactionId: interaction.id })
  }

  /** Notes a further message. */
  followUp(interaction: Interaction, messageId: string): void {
    interaction.followups.push(messageId)
    this.#bus.emit({ type: 'interaction', change: 'followup', interactionId: interaction.id })
  }

  #fail(interaction: Interaction): void {
    if (interaction.state !== 'waiting') return
    this.#done(interaction)
    interaction.state = 'failed'
    this.#bus.emit({ type: 'interaction', change: 'failed', interactionId: interaction.id })
  }

  #done(interaction: Interaction): void {
    this.#deadlines.get(interaction.id)?.()
    this.#deadlines.delete(interaction.id)
  }

  #forget(): void {
    for (const oldest of this.all.values()) {
      if (this.all.size <= this.#kept) return
      if (oldest.state === 'waiting') continue
      this.all.delete(oldest.id)
      this.#byToken.delete(oldest.token)
    }
  }

  /** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object */
  #wire(interaction: Interaction, channel: Channel): object {
    const person = this.#world.people.get(interaction.userId)
    const guild = channel.guildId === undefined ? undefined : this.#world.guilds.get(channel.guildId)
    const member: Member | undefined = guild?.members.get(interaction.userId)
    const message = interaction.messageId === undefined ? undefined : this.#world.messages.get(interaction.messageId)
    return {
      id: interaction.id, application_id: interaction.applicationId, type: interaction.type, token: interaction.token, version: 1, data: interaction.data,
      channel_id: channel.id, channel: wireChannel(this.#world, channel), locale: person?.locale ?? 'en-US', entitlements: [], attachment_size_limit: LIMITS.message.attachmentBytes,
      app_permissions: String(guild === undefined ? 0n : permissionsOf(guild, interaction.applicationId, channel)),
      authorizing_integration_owners: { '0': guild?.id ?? '0' }, context: guild === undefined ? 1 : 0,
      ...(guild === undefined || member === undefined
        ? { user: userOf(this.#world, interaction.userId) }
        : { guild_id: guild.id, guild_locale: guild.locale, guild: { id: guild.id, locale: guild.locale, features: [] }, member: wireActor(this.#world, guild, member, channel) }),
      ...(message === undefined ? {} : { message: message.wire }),
    }
  }
}
