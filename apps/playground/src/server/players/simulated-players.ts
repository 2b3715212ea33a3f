import type { PlayersStatus, Speed } from '../../shared/status.ts'
import { openRound, type OpenRound, rightOption } from './round.ts'
import { questionIn, type SeenQuestion } from './question-seen.ts'

const NAMES = ['Nova', 'Mateo', 'Yuki', 'Amara', 'Oskar', 'Priya', 'Zoé', 'Tariq', 'Ingrid', 'Kofi'] as const
/** Milliseconds that an answer takes on average. */
const PACE: Readonly<Record<Speed, number>> = { fast: 2_000, normal: 5_000, slow: 11_000 }
const NOT_KNOWN = ['no idea', 'the moon', 'forty-two', 'Napoleon', 'a potato'] as const

export interface SimulatedPlayersOptions {
  /** The local Discord's. */
  readonly origin: string
  readonly database: string
  readonly changed: (status: PlayersStatus) => void
  readonly random?: () => number
}

/** Players that answer the questions of races, each after a while of their own, rightly or not. */
export class SimulatedPlayers {
  readonly #options: SimulatedPlayersOptions
  readonly #random: () => number
  readonly #answered = new Set<string>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #status: PlayersStatus = { count: 0, speed: 'normal', hitRate: 0.6, names: [], answered: 0 }

  constructor(options: SimulatedPlayersOptions) {
    this.#options = options
    this.#random = options.random ?? Math.random
  }

  get status(): PlayersStatus { return this.#status }

  /** Lets so many play from the next question on. */
  async configure({ count, speed, hitRate, guild }: { count: number; speed: Speed; hitRate: number; guild?: string | undefined }): Promise<PlayersStatus> {
    const names = NAMES.slice(0, count)
    for (const user of names) await this.#act('/join', { user, ...(guild === undefined ? {} : { guild }) })
    this.#set({ count: names.length, speed, hitRate, names })
    return this.#status
  }

  /** Looks whether a message event asks something. */
  hear(json: string): void {
    if (this.#status.count === 0) return
    const question = questionIn(json)
    if (question === null) return
    const key = `${question.messageId} ${question.round}`
    if (this.#answered.has(key)) return
    this.#answered.add(key)
    const round = openRound(this.#options.database, question.round)
    if (round === null) return
    for (const name of this.#status.names) this.#later(() => this.#answer(name, question, round))
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #later(act: () => Promise<void>): void {
    // Most are near the average, some think for long.
    const spread = 0.35 + this.#random() * 0.9 + this.#random() ** 4
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      // Whoever is late finds no button any more, like everybody else.
      void act().catch(() => {})
    }, PACE[this.#status.speed] * spread)
    this.#timers.add(timer)
  }

  async #answer(user: string, { messageId, channelId, round: id, typed }: SeenQuestion, round: OpenRound): Promise<void> {
    const knows = this.#random() < this.#status.hitRate
    if (typed) {
      const opened = await this.#act('/click', { user, message: messageId, channel: channelId, button: `fill:${id}` }) as { interactionId: string; modal?: object }
      if (opened.modal === undefined) return
      await this.#act('/submit', { user, channel: channelId, interaction: opened.interactionId, values: { text: knows ? round.answer : this.#pick(NOT_KNOWN) } })
    } else {
      const right = rightOption(round)
      const wrong = round.options.map((_, index) => index).filter((index) => index !== right)
      await this.#act('/click', { user, message: messageId, channel: channelId, button: `answer:${id}:${knows ? right : this.#pick(wrong)}` })
    }
    this.#set({ answered: this.#status.answered + 1 })
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T
  }

  async #act(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.#options.origin}/control${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }

  #set(change: Partial<PlayersStatus>): void {
    this.#status = { ...this.#status, ...change }
    this.#options.changed(this.#status)
  }
}
