import type { JsonObject } from '../json.ts'

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type */
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const
/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
export const CALLBACK = { message: 4, deferredMessage: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 } as const

/** What somebody did, and how the bot answered. */
export interface Interaction {
  readonly id: string
  readonly token: string
  readonly applicationId: string
  readonly type: (typeof INTERACTION)[keyof typeof INTERACTION]
  /** What was done, in words: `/trivia play`, a button's label. */
  readonly label: string
  readonly userId: string
  readonly channelId: string
  readonly guildId: string | undefined
  readonly createdAt: number
  readonly data: JsonObject
  /** The message whose component was used, or whose component opened the modal. */
  readonly messageId: string | undefined
  state: 'waiting' | 'answered' | 'failed'
  /** The callback's type, once there is one. */
  callback?: number
  answeredAt?: number
  /** What `@original` means. */
  originalId?: string
  /** The answer of an autocompletion. */
  choices?: readonly JsonObject[]
  /** The modal that was opened. */
  modal?: JsonObject
  readonly followups: string[]
}
