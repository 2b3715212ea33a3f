import { type AutocompleteInteraction, type ChatInputCommandInteraction, type InteractionReplyOptions, type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js'
import type { Body, FollowUp, Reply, Sent } from './reply.ts'

export type Answerable = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction

/** Discord waits 3 s for the first answer. What is not ready by then is put off. */
const PATIENCE = 1_600

/** Nobody is ever notified by what the bot writes, whatever is in it. */
const NO_PINGS = { parse: [], repliedUser: false } as const

/**
 * The answer to one interaction: in the callback itself when it is ready in time, and otherwise after a deferral that
 * goes out in time by itself.
 */
export class FirstAnswer {
  readonly #interaction: Answerable
  readonly #ephemeral: boolean
  readonly #timer: NodeJS.Timeout
  #first: Promise<unknown> | undefined
  #put: 'off-message' | 'off-update' | 'answered' | undefined

  /** @param ephemeral whether a command's answer will be seen by its player only */
  constructor(interaction: Answerable, ephemeral: boolean, onFirst: () => void, patience = PATIENCE) {
    this.#interaction = interaction
    this.#ephemeral = ephemeral
    this.#onFirst = onFirst
    this.#timer = setTimeout(() => this.#defer(), patience)
  }

  readonly #onFirst: () => void

  /** Gives the answer. @throws DiscordAPIError when Discord does not take it */
  async give(reply: Reply): Promise<Sent> {
    clearTimeout(this.#timer)
    // The deferral must have arrived before what it announces.
    await this.#first?.catch(() => {})
    const sent = await this.#give(reply)
    if (reply.kind === 'message' || reply.kind === 'update') for (const more of reply.then ?? []) await this.#followUp(more)
    return sent
  }

  /** Another answer in place of one that Discord has refused. */
  async giveInstead(reply: Reply): Promise<void> {
    if (this.#put === 'answered') this.#put = undefined
    await this.#give(reply)
  }

  async #give(reply: Reply): Promise<Sent> {
    const interaction = this.#interaction
    if (reply.kind === 'choices') throw new Error('Only an autocompletion is answered with choices.')
    if (this.#put === undefined) {
      this.#put = 'answered'
      try {
        return await this.#callback(reply)
      } finally {
        this.#onFirst()
      }
    }
    if (reply.kind === 'modal') throw new Error('A modal is possible as the first answer only.')
    if (this.#put === 'off-message' || (this.#put === 'off-update' && reply.kind === 'update')) {
      return { messageId: (await interaction.editReply(safe(reply.body))).id }
    }
    return { messageId: (await this.#followUp({ body: reply.body, ephemeral: reply.kind === 'message' && reply.ephemeral })).id }
  }

  async #callback(reply: Exclude<Reply, { kind: 'choices' }>): Promise<Sent> {
    const interaction = this.#interaction
    if (reply.kind === 'modal') {
      if (interaction.isModalSubmit()) throw new Error('A modal cannot follow a modal.')
      await interaction.showModal(reply.modal)
      return { messageId: null }
    }
    if (reply.kind === 'update') {
      if (interaction.isChatInputCommand() || (interaction.isModalSubmit() && !interaction.isFromMessage())) throw new Error('There is no message to update.')
      await interaction.update(safe(reply.body))
      return { messageId: interaction.message.id }
    }
    const message = { ...safe(reply.body), ...(reply.ephemeral ? { flags: MessageFlags.Ephemeral as const } : {}) }
    if (reply.sent === undefined) {
      await interaction.reply(message)
      return { messageId: null }
    }
    return { messageId: await replyWithId(interaction, message) }
  }

  #followUp({ body, ephemeral }: FollowUp): Promise<{ id: string }> {
    return this.#interaction.followUp({ ...safe(body), ...(ephemeral ? { flags: MessageFlags.Ephemeral as const } : {}) })
  }

  #defer(): void {
    if (this.#put !== undefined) return
    const interaction = this.#interaction
    const hasMessage = !interaction.isChatInputCommand() && (!interaction.isModalSubmit() || interaction.isFromMessage())
    this.#put = hasMessage ? 'off-update' : 'off-message'
    this.#first = hasMessage ? interaction.deferUpdate() : interaction.deferReply(this.#ephemeral ? { flags: MessageFlags.Ephemeral } : {})
    this.#first.catch(() => {}).finally(() => this.#onFirst())
  }
}

/** Replies, and tells the message's id. A server that takes the reply but gives nothing back is asked for it. */
async function replyWithId(interaction: Answerable, message: InteractionReplyOptions): Promise<string | null> {
  try {
    const { resource } = await interaction.reply({ ...message, withResponse: true })
    if (resource?.message) return resource.message.id
  } catch (error) {
    // discord.js stumbles over an empty answer, after the reply was taken.
    if (!(error instanceof TypeError) || !interaction.replied) throw error
  }
  return interaction.fetchReply().then(({ id }) => id, () => null)
}

/** Choices that come too late are none. */
export async function giveChoices(interaction: AutocompleteInteraction, choices: Promise<Reply>): Promise<void> {
  const late = new Promise<Reply>((resolve) => setTimeout(() => resolve({ kind: 'choices', choices: [] }), PATIENCE).unref())
  const reply = await Promise.race([choices, late])
  await interaction.respond(reply.kind === 'choices' ? reply.choices.slice(0, 25) : [])
}

/** A whole body: an edit replaces everything that was there. */
function safe(body: Body): Body {
  return { content: '', embeds: [], components: [], ...body, allowedMentions: NO_PINGS }
}

export { safe as withoutPings }
