/** What the local Discord's control API sends, as far as the page draws it. */
export interface Author {
  readonly id: string
  readonly username: string
  readonly global_name?: string | null
  readonly bot?: boolean
}

export interface EmbedField {
  readonly name: string
  readonly value: string
  readonly inline?: boolean
}

export interface Embed {
  readonly title?: string
  readonly url?: string
  readonly description?: string
  readonly color?: number
  readonly author?: { readonly name: string }
  readonly fields?: readonly EmbedField[]
  readonly image?: { readonly url: string }
  readonly thumbnail?: { readonly url: string }
  readonly footer?: { readonly text: string }
  readonly timestamp?: string
}

export interface Emoji {
  readonly name?: string | null
}

export interface SelectOption {
  readonly label: string
  readonly value: string
  readonly description?: string
  readonly default?: boolean
  readonly emoji?: Emoji
}

/** A component of a message or a modal; which fields it has depends on its type. */
export interface Component {
  readonly type: number
  readonly custom_id?: string
  readonly style?: number
  readonly label?: string
  readonly description?: string
  readonly emoji?: Emoji
  readonly url?: string
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly required?: boolean
  readonly value?: string
  readonly min_length?: number
  readonly max_length?: number
  readonly min_values?: number
  readonly max_values?: number
  readonly options?: readonly SelectOption[]
  readonly components?: readonly Component[]
  readonly component?: Component
  readonly accessory?: Component
  readonly content?: string
  readonly accent_color?: number | null
  readonly media?: { readonly url: string }
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string | null }[]
  readonly file?: { readonly url: string }
  readonly name?: string
}

export interface Attachment {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly url: string
  readonly content_type?: string
  readonly description?: string
}

export interface Message {
  readonly id: string
  readonly type: number
  readonly channel_id: string
  readonly author: Author
  readonly content: string
  readonly timestamp: string
  readonly edited_timestamp: string | null
  readonly flags?: number
  readonly embeds: readonly Embed[]
  readonly components?: readonly Component[]
  readonly attachments: readonly Attachment[]
  readonly interaction_metadata?: { readonly id: string; readonly user: Author }
  readonly interaction?: { readonly name: string; readonly user: Author }
  readonly referenced_message?: Message | null
  readonly ephemeral: boolean
  readonly deleted: boolean
  readonly pings: readonly string[]
}

export interface Modal {
  readonly interactionId: string
  readonly title: string
  readonly customId: string
  readonly raw: { readonly components: readonly Component[] }
}

export interface Choice {
  readonly name: string
  readonly value: string | number
}

/** What somebody saw after they did something. */
export interface Answer {
  readonly interactionId: string
  readonly kind: 'message' | 'update' | 'modal' | 'choices' | 'failed'
  readonly message?: Message
  readonly modal?: Modal
  readonly choices: readonly Choice[]
  readonly error?: string
  readonly timeToFirstAnswerMs?: number
}
