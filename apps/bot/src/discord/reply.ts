import type { APIModalInteractionResponseCallbackData, APIApplicationCommandOptionChoice } from 'discord-api-types/v10'
import type { BaseMessageOptions } from 'discord.js'

/** What is in a message. */
export type Body = Pick<BaseMessageOptions, 'content' | 'embeds' | 'components' | 'files' | 'allowedMentions'>

/** A message as Discord took it. */
export interface Sent {
  readonly messageId: string | null
}

/** What a handler wants to be answered. */
export type Reply =
  | {
      readonly kind: 'message'
      readonly body: Body
      /** Only the player sees it. */
      readonly ephemeral: boolean
      readonly sent?: (sent: Sent) => Promise<void>
      readonly failed?: (error: unknown) => Promise<void>
      /** What is said afterwards. */
      readonly then?: readonly FollowUp[]
    }
  /** Changes the message that the button or select stands on. */
  | { readonly kind: 'update'; readonly body: Body; readonly sent?: (sent: Sent) => Promise<void>; readonly failed?: (error: unknown) => Promise<void>; readonly then?: readonly FollowUp[] }
  /** Possible only if nothing is awaited before. */
  | { readonly kind: 'modal'; readonly modal: APIModalInteractionResponseCallbackData }
  | { readonly kind: 'choices'; readonly choices: readonly APIApplicationCommandOptionChoice<string>[] }

export interface FollowUp {
  readonly body: Body
  readonly ephemeral: boolean
}

/** A message that only the player sees. */
export function whisper(body: Body | string): Reply {
  return { kind: 'message', ephemeral: true, body: typeof body === 'string' ? { content: body } : body }
}

/** A message that everybody in the channel sees. */
export function say(body: Body): Reply {
  return { kind: 'message', ephemeral: false, body }
}
