import type { AutocompleteInteraction, ChatInputCommandInteraction, MessageComponentInteraction, ModalSubmitInteraction } from 'discord.js'
import type { Logger } from 'pino'
import type { Gallery } from '../charts/index.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/index.ts'
import type { Texts, Translate } from '../texts/index.ts'
import type { Reply } from './reply.ts'

/** What every handler works with. */
export interface Services {
  readonly store: Store
  readonly clock: Clock
  readonly texts: Texts
  readonly log: Logger
  readonly gallery: Gallery
  /** Discord's API, or that of a server which speaks like it. */
  readonly apiUrl: string
}

/** The one who acts, and where. */
export interface Actor {
  readonly userId: string
  readonly name: string
  readonly guildId: string | null
  readonly channelId: string
  /** The player's language. */
  readonly t: Translate
}

/** A sub-command of /trivia or /admin. */
export interface CommandHandler {
  readonly run: (services: Services, actor: Actor, interaction: ChatInputCommandInteraction) => Promise<Reply>
  readonly autocomplete?: (services: Services, actor: Actor, interaction: AutocompleteInteraction) => Promise<Reply>
  /** Whether the answer is for the player only. */
  readonly ephemeral: boolean
}

/** A button or select, by the name in its custom_id. */
export type ComponentHandler = (services: Services, actor: Actor, interaction: MessageComponentInteraction, parts: readonly string[]) => Promise<Reply> | Reply

/** A form, by the name in its custom_id. */
export type ModalHandler = (services: Services, actor: Actor, interaction: ModalSubmitInteraction, parts: readonly string[]) => Promise<Reply>
