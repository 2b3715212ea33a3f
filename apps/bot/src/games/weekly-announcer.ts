import type { ShardRange } from '@trivia/database/queries'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder } from 'discord.js'
import { customId } from '../discord/custom-id.ts'
import type { Services } from '../discord/handler.ts'
import type { Body } from '../discord/reply.ts'
import { nextWeekStart, weekStart } from '../features/calendar/index.ts'
import { timing } from '../features/game/index.ts'
import { brandColour } from '../messages/colours.ts'
import type { Translate } from '../texts/index.ts'
import type { DiscordChannels } from './discord-channel.ts'

/** How often it looks whether it is Monday, in milliseconds. */
const EVERY = 2_000

/** Announces the weekly challenge where a server has asked for it. Which servers were told stands in the database. */
export class WeeklyAnnouncer {
  readonly #services: Services
  readonly #channels: DiscordChannels
  readonly #shards: ShardRange
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()

  constructor(services: Services, channels: DiscordChannels, shards: ShardRange) {
    this.#services = services
    this.#channels = channels
    this.#shards = shards
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#announce()).catch((error: unknown) => this.#services.log.error({ err: error }, 'the week could not be announced'))
    }, EVERY)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }

  async #announce(): Promise<void> {
    const { store, clock, texts, log } = this.#services
    const now = new Date(clock.now())
    const monday = weekStart(now)
    for (const { guildId, channelId, locale } of await store.call('weeklyPostsDue', { monday, shards: this.#shards })) {
      const delivery = await this.#channels.send(channelId, announcement(texts.for(locale ?? 'en'), nextWeekStart(now)), { nonce: `w${monday}${guildId.slice(-12)}` })
      if (delivery.kind === 'failed') continue
      if (delivery.kind === 'hopeless') log.warn({ err: delivery.error }, 'a week could not be announced in its channel')
      await store.call('weeklyPosted', { guildId, monday })
    }
  }
}

function announcement(t: Translate, until: Date): Body {
  const start = new ButtonBuilder().setCustomId(customId('challenge', 'weekly')).setLabel(t('weekly.startButton')).setEmoji('🏆').setStyle(ButtonStyle.Primary)
  const note = t('weekly.note', { count: 5, seconds: timing.weekly / 1000, multiplier: 3 })
  return {
    embeds: [new EmbedBuilder().setColor(brandColour).setTitle(t('weekly.title')).setDescription(`${t('weekly.announcement', { until: Math.floor(until.getTime() / 1000) })}\n${note}`)],
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(start)],
  }
}
